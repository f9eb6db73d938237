"""What is true of flavours."""
