"""`make bench`: what Mendline costs, each figure beside the limit that was measured in the same minute."""
