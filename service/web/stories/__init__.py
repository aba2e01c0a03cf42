"""Stories that the handset page plays by itself: on real phones of the simulator, through real turns, on its clock."""
