"""A real mail server (Dovecot) for tests, on this machine alone: up in a twentieth of a second, gone afterwards."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from imap_tools import BaseMailBox, MailBoxUnencrypted

from kortrijk_gebied.embedded import die_with_parent
from tests.servers import accepts, end, free_port, temporary_folder, wait_until

ADDRESS, PASSWORD = "meldpunt@kortrijk.example", "geheim"
# As root it may not serve mail as root; as anybody else it is that person throughout.
NOBODY = "nobody"

CONFIG = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
auth_failure_delay = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_uid = {user}
mail_gid = {group}
mail_home = {folder}/mail/%u
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
UP_TO_2_3 = """\
disable_plaintext_auth = no
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
mail_location = maildir:~/Maildir
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""
FROM_2_4 = """\
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = ~/Maildir
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {user}
    gid = {group}
    home = {folder}/mail/%{{user}}
  }}
}}
"""


class Dovecot:
    def __init__(self) -> None:
        # On Debian it stands where only an administrator's PATH leads.
        self.program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if self.program is None:
            raise RuntimeError("dovecot is missing; bin/test installs it or says how.")
        self.port, self.process = free_port(), None
        self.folder = temporary_folder()
        self.config = self.folder / "dovecot.conf"
        self.config.write_text(self._config())
        self.start()
        atexit.register(self.stop)

    process: "subprocess.Popen[bytes] | None"

    def _config(self) -> str:
        user = pwd.getpwnam(NOBODY) if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        group = str(user.pw_gid) if os.getuid() else _group_name(user.pw_gid)
        mail = self.folder / "mail"
        mail.mkdir()
        self.folder.chmod(0o755)
        os.chown(mail, user.pw_uid, user.pw_gid)
        version = subprocess.run([str(self.program), "--version"], capture_output=True, text=True, check=True).stdout
        number = version.split()[0]
        new = tuple(int(part) for part in number.split(".")[:2]) >= (2, 4)
        words = {
            "folder": self.folder, "user": user.pw_name, "group": group, "port": self.port, "password": PASSWORD,
        }  # fmt: skip
        head = f"dovecot_config_version = {number}\ndovecot_storage_version = {number}\n" if new else ""
        return head + (CONFIG + (FROM_2_4 if new else UP_TO_2_3)).format(**words)

    @property
    def url(self) -> str:
        return f"imap://{ADDRESS.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        if self.process is None:
            self.process = subprocess.Popen(
                [str(self.program), "-F", "-c", str(self.config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                preexec_fn=die_with_parent(signal.SIGTERM), start_new_session=True,
            )  # fmt: skip
            wait_until(lambda: accepts(self.port), what=f"Dovecot accepts connections ({self.folder}/log)")

    def stop(self) -> None:
        if self.process is not None:
            end(self.process)
            self.process = None

    def kill(self) -> None:
        """As a power cut: whoever is connected hears nothing more."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    @contextmanager
    def opened(self, folder: str = "INBOX") -> Iterator[BaseMailBox]:
        with MailBoxUnencrypted("127.0.0.1", self.port, timeout=10).login(ADDRESS, PASSWORD, folder) as box:
            yield box

    def deliver(self, *mails: bytes) -> None:
        with self.opened() as box:
            for mail in mails:
                box.append(mail, "INBOX")

    def count(self, folder: str = "INBOX") -> int:
        with self.opened() as box:
            if not box.folder.exists(folder):
                return 0
            box.folder.set(folder)
            return len(box.uids())

    def empty(self) -> None:
        with self.opened() as box:
            for folder in [found.name for found in box.folder.list()]:
                box.folder.set(folder)
                box.delete(box.uids())


def _group_name(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name
