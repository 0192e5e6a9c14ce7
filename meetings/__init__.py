"""What any meeting needs: agenda and decisions. An agenda is composed for each reader."""
