"""The room outbox: what is said by mail, stored as it was sent."""
