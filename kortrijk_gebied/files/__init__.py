"""What a file of a stranger is made into: judged by its content, and made again, so that nothing hidden comes along.

Nothing is stored here, and nothing here knows what a file is for:

    content_of(upload)   receiving.py: its bytes, if it came whole and is not too large
    photo_of(upload)     receiving.py: a photo of our own making; Refused in a sentence
    do_apart(what, …)    apart.py: what may never end, in a process of its own (workbench.py)
"""
