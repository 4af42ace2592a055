"""`sibadra init`: a commented settings file, a signing key, and a folder with the example city's tables."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from engine.errors import SibadraError
from mail.rules import example
from mail.settings import KEYS, PACKAGED, new_key

PROFILE: str = KEYS["city"]["profile"]

TEMPLATE = """\
# Settings of Si Badra by e-mail. Relative paths begin at this file's folder.

[city]
folder = "city"                    # units.csv, positions.csv, topics.csv, places.csv, ...
name = "Kota Bogor"
team = "Tim Si Badra, Pemerintah Kota Bogor"
sender = "Si Badra Kota Bogor"     # the display name of every letter
profile = "sibadra"                # the city's deadlines: sibadra (2019) or sp4n (national)
desk = "diskominfo.kasi.aduan"     # the position that decides what routing is unsure of
emergency_number = "112"           # whoever reports danger to life is told to call it; "" where there is none

[intake]
domain = "sibadra.kotabogor.example"   # citizens write to aduan@ this domain
local = "aduan"
bounce_local = "pantul"                # bounces of our letters come back to pantul+...@
lmtp = "127.0.0.1:2424"                # the city's MX hands mail over here (Postfix: lmtp:inet:127.0.0.1:2424)
smtp = ""                              # or by SMTP, such as "127.0.0.1:2525"
max_size = 52428800                    # bytes; larger mails are refused with 552
# authserv_id = "mx.kotabogor.example"   # our relay in Authentication-Results; what it calls forged commands nothing
# certificate = "cert.pem"             # needed to listen beyond this machine
# certificate_key = "key.pem"

[relay]
host = "127.0.0.1"                     # the city's relay; TLS is on, and verified, beyond this machine
port = 25
# security = "starttls"                # starttls, tls or none
# user = "sibadra"
# password_file = "relay.password"     # chmod 600; or password_env = "RELAY_PASSWORD"

# How the mandatory mailboxes are looked into (never changed). One table for a domain, or "default".
[imap.default]
host = "127.0.0.1"
port = 993
tls = "tls"
login = "master"                       # password, master, authzid, delegated, xoauth2, oauthbearer
user = "sibadra"
secret_file = "imap.password"          # chmod 600; or secret_env = "IMAP_PASSWORD"
# ca_file = "ca.pem"

[watch]
every = 60                             # seconds between two looks at a mailbox with open letters

[store]
path = "sibadra.db"

[secrets]
key_file = "sibadra.key"               # signs reply and bounce addresses; keep it, and keep it secret

[log]
level = "info"
json = false
"""


def add_parser(commands: Any) -> None:
    """The command's arguments."""
    parser = commands.add_parser("init", help="write sibadra.toml, a key, and a city folder to begin with")
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="where (default: here)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes what is not there yet; nothing that exists is touched."""
    folder: Path = arguments.folder
    settings, city = folder / "sibadra.toml", folder / "city"
    if settings.exists():
        raise SibadraError(f"{settings} is there already; move it away to begin anew")
    folder.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"{TEMPLATE}\n{example(PROFILE)}", encoding="utf-8")
    new_key(folder / "sibadra.key")
    if not city.exists():
        # With the corpus and the model made of it: tables alone route by keywords only.
        shutil.copytree(PACKAGED / "kota_bogor", city, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    print(f"{settings}\n{folder / 'sibadra.key'}\n{city}/")
    print("Next: fill in domain, relay and mailboxes, then `sibadra directory check` and `sibadra serve`.")
    return 0
