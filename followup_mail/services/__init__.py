"""The whole road, driven for one request: each module is one job that commands ask for.

Here the finished values are handed from room to room; rules about when and what stay in the rooms.
"""
