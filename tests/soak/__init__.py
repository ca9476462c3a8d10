"""A small model of what must hold, and a driver that does its best to break it."""
