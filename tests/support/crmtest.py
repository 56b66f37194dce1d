# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the whole program share: a folder and a database of its own for each test, running it, results as TAP.

A test is a function test_…(base) of the main module; it fails by an exception and is skipped by Skip.
"""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ''
LONG = 'CRM_TEST_LONG' in os.environ
# Not of the user's session: a command needs no display and no bus
FOREIGN = ('DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'LC_ALL', 'LANG', 'LANGUAGE', 'TZ')


class Skip(Exception):
    pass


def corpora(below):
    """Real files nobody here wrote; they are no part of the project."""
    beside = pathlib.Path(os.environ.get('G_TEST_SRCDIR', 'tests'), '..', '..', 'shared', 'corpora')
    folder = pathlib.Path(os.environ.get('CRM_CORPORA', beside), below)
    if not folder.is_dir():
        raise Skip(f'no corpora at {folder}; set CRM_CORPORA')
    return folder


class Result:
    def __init__(self, status, out, err, arguments):
        self.status, self.out, self.err, self.arguments = status, out, err, arguments

    def __repr__(self):
        return f'{self.arguments} left with {self.status}\n--- stdout\n{self.out[:3000]}\n--- stderr\n{self.err[:3000]}'


class Base:
    """The program with a folder of its own in the place of the user's."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / 'crm' / 'crm.db'
        self.locale = 'C.UTF-8'

    def environment(self, **more):
        environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return {**environment, 'XDG_DATA_HOME': str(self.folder), 'LC_ALL': self.locale, **more}

    def run(self, *arguments, status=0, environment=None, **more):
        """Runs a command and checks its exit code; None: any but a signal's."""
        done = subprocess.run([PROGRAM, *map(str, arguments)], env=self.environment(**(environment or {})),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600, **more)
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode(), arguments)
        assert done.returncode == status if status is not None else 0 <= done.returncode <= 2, result
        assert 'Sanitizer' not in result.err and 'CRITICAL' not in result.err and 'WARNING' not in result.err, result
        if result.status == 1:
            assert result.err.startswith('crm: '), result
        return result

    def __call__(self, *arguments):
        return self.run(*arguments).out

    def json(self, *arguments):
        return json.loads(self('--json', *arguments))

    def set(self, *arguments):
        return int(self('set', *arguments))

    def count(self, entity='client'):
        return len(self.json('list', entity))

    def execute(self, *statements):
        """Past the program's own code; the rows of the last one."""
        connection = sqlite3.connect(self.database, isolation_level=None)
        try:
            for statement in statements:
                rows = connection.execute(statement).fetchall()
            return rows
        finally:
            connection.close()


def equal(found, expected):
    assert found == expected, f'found {repr(found)[:2000]} instead of {repr(expected)[:2000]}'


def contains(text, part):
    assert part in text, f'{part!r} is not in {text[:3000]!r}'


def main():
    tests = [(name, test) for name, test in vars(sys.modules['__main__']).items() if name.startswith('test_')]
    print(f'1..{len(tests)}')
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        title = name[5:].replace('_', '-')
        folder = tempfile.mkdtemp(prefix='crm-test-')
        try:
            test(Base(folder))
            print(f'ok {number} {title}')
        except Skip as reason:
            print(f'ok {number} {title} # SKIP {reason}')
        except Exception:
            failed += 1
            print(f'not ok {number} {title}')
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        sys.stdout.flush()
    return 1 if failed else 0
