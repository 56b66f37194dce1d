#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may go wrong around the program, done to it on purpose: it is killed, its disk is full or fails, its database is damaged."""
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'support'))
from crmtest import LONG, PROGRAM, Base, Skip, contains, equal, main  # noqa: E402

WRITER = sys.argv[2]
KILLS = 1000 if LONG else 100
DAMAGED = 1000 if LONG else 200


def make_list(path, rows):
    path.write_text('Company,Phone,City\n' + ''.join(f'Liste {i},+90 216 555 {i % 10000:04},Ankara\n' for i in range(rows)), encoding='utf-8')
    return path


# Killed

def read_while(process, seconds):
    """Lets it write for a while from its first word on, kills it; its whole lines."""
    first = process.stdout.readline()
    time.sleep(seconds)
    process.kill()
    told = (first + process.stdout.read()).decode()
    equal(process.wait(), -signal.SIGKILL)
    return told[:told.rfind('\n') + 1].splitlines()


def check_acknowledged(base, lines):
    steps = {int(line.split(' ', 2)[1]): line.split(' ', 2)[2] for line in lines if line.startswith('step ')}
    connection = sqlite3.connect(base.database)
    there = dict(connection.execute('SELECT id, label FROM step'))
    newest = dict(connection.execute('SELECT s.id, count(h.id) = s.last - s.first + 1 FROM step s LEFT JOIN history h'
                                     ' ON h.id BETWEEN s.first AND s.last GROUP BY s.id'))
    connection.close()
    lost = {step: label for step, label in steps.items() if there.get(step) != label}
    assert not lost, f'acknowledged steps are lost: {lost}'
    assert all(newest.values()), 'a step without all of its history'
    return len(steps)


def test_killed_while_writing(base):
    dice = random.Random(1)
    make_list(base.folder / 'list.csv', 40)
    acknowledged = backups = 0
    for kill in range(KILLS):
        if kill % 100 == 0:
            shutil.rmtree(base.database.parent, ignore_errors=True)
            base('sample', '--clients', '100')
        process = subprocess.Popen([WRITER, base.database, str(kill), base.folder / 'list.csv', base.folder], stdout=subprocess.PIPE,
                                   env=base.environment())
        lines = read_while(process, dice.uniform(0, 0.12))
        base('check')
        acknowledged += check_acknowledged(base, lines)
        for path in {line.split(' ', 1)[1] for line in lines if line.startswith('backup ')}:
            base('--database', path, 'check')
            backups += 1
            for left in ('', '-wal', '-shm', '.lock'):
                pathlib.Path(path + left).unlink(missing_ok=True)
    print(f'# {KILLS} kills, {acknowledged} acknowledged steps and {backups} backups, 0 lost')
    assert acknowledged > KILLS


def test_killed_while_importing(base):
    rows = 4000
    path = make_list(base.folder / 'list.csv', rows)
    base('sample', '--clients', '100')
    dice = random.Random(2)
    done = 0
    for _ in range(KILLS // 5):
        process = subprocess.Popen([PROGRAM, 'import', path, '--match', 'none'], stdout=subprocess.DEVNULL, env=base.environment())
        time.sleep(dice.uniform(0, 0.6))
        process.kill()
        process.wait()
        base('check')
        count = base.execute('SELECT count(*) FROM client')[0][0]
        equal((count - 100) % rows, 0)
        if count > 100:
            done += 1
            base('undo')
            equal(base.execute('SELECT count(*) FROM client')[0][0], 100)
    print(f'# {done} of {KILLS // 5} imports were done before the kill')


# The disk is full

def check_full_disk(base, folder, fill, empty, **how):
    """@folder: with room; @fill: makes the database's disk full, to the last byte if it says so; @empty: makes room again; @how: how commands are run while it is full."""
    rows = 3000
    path = make_list(folder / 'list.csv', rows)
    base('sample', '--clients', '200')
    kept = base.set('client', 'name=Before', 'city=Ankara')
    before = base.json('list', 'client')
    commands = [['sample', '--clients', '3000'], ['import', path]]
    if fill():
        commands += [['set', 'client', kept, 'notes=' + 'x' * 100000], ['undo'], ['delete', kept], ['backup', base.folder / 'copy.db'],
                     ['export', 'client', base.folder / 'out.csv']]
    for command in commands:
        result = base.run(*command, status=1, **how)
        assert re.search(r'\bdisk\b', result.err), result
        assert str(base.folder) in result.err or 'out.csv' in result.err, result
    empty()
    base('check')
    equal(base.json('list', 'client'), before)
    left = [path.name for path in base.folder.rglob('*') if re.search(r'^[.]|[.]csv[.]', path.name)]
    equal(left, [])
    base.set('client', kept, 'city=İzmir')
    equal(base.json('show', kept)['city'], 'İzmir')
    contains(base('import', path), f'{rows} new, 0 changed, 0 unchanged, 0 rejected\n')


def test_full_by_limit(base):
    """A limit on the size of files comes with a signal, which would end the program."""
    def limit():
        size = base.database.stat().st_size + 8192
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    check_full_disk(base, base.folder, lambda: False, lambda: None, preexec_fn=limit)


def test_full_disk(base):
    disk = base.folder / 'disk'
    disk.mkdir()
    mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk], stderr=subprocess.DEVNULL, check=False)
    if mounted.returncode != 0:
        raise Skip('no right to mount a small disk')
    ballast = disk / 'ballast'

    def fill():
        with ballast.open('wb') as file:
            free = os.statvfs(disk)
            file.write(bytes(free.f_bavail * free.f_frsize))
        return True

    try:
        check_full_disk(Base(disk / 'home'), base.folder, fill, ballast.unlink)
    finally:
        subprocess.run(['umount', '-l', disk], check=False)


# The disk fails

def strace_works(base):
    if shutil.which('strace') is None:
        return False
    return subprocess.run(['strace', '-f', '-o', '/dev/null', '-e', 'inject=fdatasync:error=EIO:when=1', 'true'], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


def inject(base, call, error, when, arguments):
    log = base.folder / 'strace.log'
    done = subprocess.run(['strace', '-f', '-o', log, '-e', f'trace={call}', '-e', f'inject={call}:error={error}:when={when}', PROGRAM,
                           *map(str, arguments)], env=base.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
    return done, '(INJECTED)' in log.read_text()


def test_failing_disk(base):
    if not strace_works(base):
        raise Skip('strace cannot make calls fail here')
    base('sample', '--clients', '50')
    client = base.set('client', 'name=Before', 'city=city-0')
    refused = number = 0
    for call in ('pwrite64', 'fdatasync'):
        for error in ('EIO', 'ENOSPC'):
            for when in range(1, 200):
                number += 1
                was = base.json('show', client)['city']
                done, injected = inject(base, call, error, when, ['set', 'client', client, f'city=city-{number}'])
                assert done.returncode in (0, 1), (call, error, when, done)
                base('check')
                city = base.json('show', client)['city']
                if done.returncode == 0:
                    equal(city, f'city-{number}')
                else:
                    refused += 1
                    assert city in (was, f'city-{number}'), 'half done'
                    contains(done.stderr.decode(), 'disk')
                if not injected:
                    break
            else:
                raise AssertionError(f'no end of {call}')
    print(f'# {number} writes, {refused} refused')
    assert refused > 0
    base.set('client', client, 'city=After')
    equal(base.json('show', client)['city'], 'After')


# The database is damaged

def damage(content, dice):
    content = bytearray(content)
    pages = len(content) // 4096
    way = dice.randrange(6)
    if way == 0:
        for _ in range(dice.choice((1, 4, 40))):
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    elif way == 1:
        page = dice.randrange(pages) * 4096
        content[page:page + 4096] = bytes(4096)
    elif way == 2:
        page = dice.randrange(pages) * 4096
        content[page:page + 4096] = dice.randbytes(4096)
    elif way == 3:
        del content[dice.randrange(len(content)):]
    elif way == 4:
        content[dice.randrange(100)] ^= 1 << dice.randrange(8)
    else:
        one, other = dice.randrange(pages) * 4096, dice.randrange(pages) * 4096
        content[one:one + 4096] = content[other:other + 4096]
    return bytes(content)


def test_damaged_databases(base):
    base('sample', '--clients', '300')
    whole = base.database.read_bytes()
    dice = random.Random(3)
    refused = noticed = 0
    for number in range(DAMAGED):
        for leftover in base.database.parent.glob('crm.db-*'):
            leftover.unlink()
        content = damage(whole, dice)
        base.database.write_bytes(content)
        listed = base.run('list', 'client', '--json', status=None)
        base.run('search', 'a', status=None)
        checked = base.run('check', status=None)
        refused += listed.status == 1
        noticed += checked.status == 1
        assert listed.status == 0 or str(base.database) in listed.err, listed
        equal(base.database.read_bytes() == content, True)
        base.run('set', 'client', 'name=More', 'tags=x', status=None)
        base.run('undo', status=None)
        assert base.database.exists()
    print(f'# {DAMAGED} damaged files: {refused} refused to list, {noticed} noticed by check, 0 crashes')
    assert noticed > DAMAGED // 2


sys.exit(main())
