"""Backups: a store of sealed pieces of which each backup names those that it is made of.

A store is a folder (on a disk, a stick) or a place on a server. It belongs to one device, so that
two devices which share a stick never meet in one. Pieces are written once and never changed; what
makes a backup is its manifest, written last.
"""
