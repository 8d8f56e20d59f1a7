"""Bring runbooks from elsewhere into `runbooks/`, with every word, link, block of code and picture of theirs."""
