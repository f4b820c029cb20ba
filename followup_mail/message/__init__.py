"""The finished message: from a draft to the bytes that will leave, Date aside, and back again to prove them."""
