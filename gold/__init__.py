"""Articles whose claims people marked by hand, and their reader; see README.md."""
