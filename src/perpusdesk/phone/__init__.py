"""Forms for visitors' phones over the branch's Wi-Fi, from the desk or a hub, without internet."""
