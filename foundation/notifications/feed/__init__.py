"""The calendar feed: the dates that stand for one membership, for the calendar program of that person."""
