"""Where uploaded files lie when several servers share them: STORAGE_URL names a bucket of an S3-style store."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def storages(url: str) -> dict[str, dict[str, Any]]:
    """What STORAGES says of uploads and packages, from s3://KEY:SECRET@HOST[:PORT]/BUCKET[?region=NAME&tls=no].

    Key and secret percent-encoded. Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    bucket, asked = parts.path.strip("/"), dict(parse_qsl(parts.query))
    port = f":{parts.port}" if parts.port else ""
    is_whole = all((parts.username, parts.password, parts.hostname, bucket)) and "/" not in bucket
    if parts.scheme != "s3" or not is_whole or asked.keys() - {"region", "tls"} or asked.get("tls", "no") != "no":
        raise ValueError("no s3://KEY:SECRET@HOST/BUCKET")
    options = {
        "endpoint_url": f"{'http' if 'tls' in asked else 'https'}://{parts.hostname}{port}",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "region_name": asked.get("region", "us-east-1"),
        "bucket_name": bucket,
    }
    folders: dict[str, dict[str, Any]] = {
        "default": {"location": "media", "file_overwrite": False},  # two uploads of one name are two files
        "packages": {"location": "packages"},  # named by what is in them
    }
    return {name: {"BACKEND": "core.bucket.Bucket", "OPTIONS": options | own} for name, own in folders.items()}
