"""Read checklists of every form into one outline; each module reads one form, which is told apart by its structure."""
