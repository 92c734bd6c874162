"""Open311 GeoReport v2, the standard by which cities and their partners exchange reports: server and client.

http://wiki.open311.org/GeoReport_v2
"""
