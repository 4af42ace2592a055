"""A whole city in one process group, playing three days in compressed time on real sockets."""
