"""What went wrong once, each as the smallest story that meets it again: the seed, order, example or fault by which it
was found, played through the machinery that found it. A bug that a person could have met gets its story here first.
"""
