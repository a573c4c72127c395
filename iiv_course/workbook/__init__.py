"""What a learner did: kept, merged, taken away and brought back."""
