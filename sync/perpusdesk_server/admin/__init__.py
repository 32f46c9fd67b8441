"""The administration page: the fleet of devices, admitting and shutting out, the log; for people.

``app.admin_app(house)`` is an application of its own, to be mounted at ``/admin``.
"""
