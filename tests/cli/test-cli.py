#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as users and scripts have it: the program itself, with a database of its own for each test."""
import contextlib
import csv
import io
import json
import os
import pathlib
import re
import shutil
import sqlite3
import stat
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'support'))
from crmtest import PROGRAM, Base, Skip, contains, corpora, equal, main  # noqa: E402

FIELDS = {
    'client': 'name kind segment grade size sector parent tags owner phone mobile fax email web preferred_channel street district city '
              'region postcode country tax_office tax_number loyalty credit_limit currency payment_days supplier source referrer notes '
              'next_step next_due last_contact logo extra created modified deleted',
    'address': 'client kind street district city region postcode country main extra',
    'contact_point': 'client kind value label main extra',
    'tag': 'name colour extra created modified deleted',
    'distinct_client': 'client other extra',
}
COMMANDS = ['import', 'export', 'sample', 'list', 'search', 'show', 'set', 'delete', 'attach', 'log', 'duplicates', 'merge', 'data-of', 'erase', 'undo', 'redo', 'history', 'check', 'backup', 'restore']

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / 'data/schema'


def keys(entity):
    return {'id', *FIELDS[entity].split()}


# How it is called

def test_help_and_version(base):
    told = base('--help')
    for command in COMMANDS:
        contains(told, f'\n  crm {command}')
        contains(base(command, '--help'), '--database')
        contains(base('--database', 'none.db', command, '-h'), f'crm [OPTION…] {command}')
    assert re.fullmatch(r'\d+\.\d+\.\d+\n', base('--version'))
    assert not base.database.exists(), 'asking for help has made a database'


def test_wrong_calls(base):
    for arguments in (['nonsense'], ['--nonsense'], ['list'], ['list', 'nonsense'], ['list', 'client', 'more'],
                      ['list', 'client', '--nonsense'], ['list', 'client', '--where', 'nonsense=1'], ['list', 'client', '--where', 'name'],
                      ['list', 'client', '--sort', 'nonsense'], ['list', 'client', '--limit', 'many'], ['list', 'client', '--limit', '-1'],
                      ['list', 'client', '--json', '--csv'], ['show'], ['show', 'abc'], ['show', '-1'], ['show', '1', '2'], ['set'],
                      ['set', 'client'], ['set', 'nonsense', 'name=A'], ['set', 'client', '12'], ['set', 'client', 'A'],
                      ['set', 'client', 'nonsense=A'], ['set', 'client', 'created=2026-01-01T00:00:00Z'], ['set', 'client', 'id=5'],
                      ['delete'], ['delete', 'x'], ['duplicates', 'tag'], ['duplicates', 'nonsense'], ['duplicates', 'client', 'person'], ['duplicates', '--limit', '-1'], ['merge', '1'], ['merge', '1', 'x'],
                      ['merge', '1', '2', '3'], ['search'], ['data-of', '1'], ['data-of', '1', 'a.pdf'], ['erase', '1'], ['erase', '1', '--yes', '--dry-run'], ['undo', 'all'], ['redo', '1'], ['history', 'x'], ['import'], ['import', 'a.csv', 'b.csv'],
                      ['import', 'a.csv', '--match', 'nonsense'], ['import', 'a.csv', '--map', 'name'],
                      ['export', 'client'], ['export', 'nonsense', 'a.csv'], ['check', 'it'], ['backup'], ['restore'], ['sample', '--clients', '0'],
                      ['sample', '--clients', '1000001'], ['--database', '', 'list', 'client'], ['list', 'client', '--database']):
        result = base.run(*arguments, status=2)
        equal(result.out, '')
        assert result.err.startswith('crm: ') and '--help' in result.err, result
    assert not base.database.exists(), 'a wrong call has made a database'


def test_refusals(base):
    base('list', 'client')
    for arguments in (['show', '12345'], ['delete', '12345'], ['merge', '12345', '12346'], ['history', '12345'], ['set', 'client', '12345', 'name=A'], ['undo'], ['redo'],
                      ['set', 'client', 'city=Ankara'], ['set', 'client', 'name='], ['set', 'client', 'name=A', 'email=nobody'],
                      ['set', 'client', 'name=A', 'tax_number=1234567891'], ['set', 'client', 'name=A', 'kind=nonsense'],
                      ['set', 'client', 'name=A', 'credit_limit=much'], ['set', 'address', 'city=Ankara'],
                      ['set', 'address', 'client=12345', 'city=Ankara'], ['list', 'client', '--where', 'kind=nonsense'],
                      ['list', 'client', '--where', 'payment_days=soon'], ['import', 'missing.csv'], ['import', '/'],
                      ['export', 'client', '/nonexistent/a.csv'], ['backup', '/nonexistent/a.db'], ['restore', 'missing.db']):
        assert len(base.run(*arguments, status=1).err) > len('crm: \n')
    equal(base.json('list', 'client'), [])
    equal(base.json('history'), [])


def test_options_anywhere(base):
    other = base.folder / 'other.db'
    identifier = base.set('client', 'name=A', '--database', other)
    equal(base.json('--database', other, 'list', 'client')[0]['id'], identifier)
    equal(base.json('list', f'--database={other}', 'client')[0]['id'], identifier)
    assert not base.database.exists()
    equal(len(base.json('--database', ':memory:', 'list', 'client')), 0)
    os.remove(':memory:')
    os.remove(':memory:.lock')


# Records

def test_set_and_show(base):
    identifier = base.set('client', 'name=Ağaoğlu Gıda A.Ş.', 'city=İstanbul', 'phone=+90 212 555 01 42', 'email=info@agaoglu.example',
                          'tags=VIP; Fuar', 'segment=Perakende', 'street=Atatürk Cad. 5', 'credit_limit=1.234,50', 'currency=EUR',
                          'kind=Key client', 'notes=bir\n"iki"\\ = üç')
    client = base.json('show', identifier)
    equal(set(client), keys('client') | {'contact_point', 'address', 'distinct_client'})
    for field, value in {'id': identifier, 'name': 'Ağaoğlu Gıda A.Ş.', 'city': 'İstanbul', 'phone': '+90 212 555 01 42',
                         'email': 'info@agaoglu.example', 'tags': ['VIP', 'Fuar'], 'segment': 'Perakende', 'street': 'Atatürk Cad. 5',
                         'credit_limit': '1234.50', 'currency': 'EUR', 'kind': 'key_client', 'notes': 'bir\n"iki"\\ = üç', 'grade': None,
                         'mobile': None}.items():
        equal(client[field], value)
    equal({point['kind'] for point in client['contact_point']}, {'phone', 'email'})
    equal(client['address'][0]['client'], identifier)
    for part in ('Ağaoğlu Gıda A.Ş.', 'Key client', 'İstanbul', str(identifier)):
        contains(base('show', identifier), part)

    equal(base.set('client', identifier, 'city=Ankara', 'email=', 'credit_limit=5'), identifier)
    client = base.json('show', identifier)
    equal((client['city'], client['email'], client['street'], client['credit_limit']), ('Ankara', None, 'Atatürk Cad. 5', '5.00'))
    segment = base.json('list', 'segment')[0]
    equal(set(base.json('show', segment['id'])), {'id', 'name', 'target', 'approach', 'notes', 'extra', 'created', 'modified', 'deleted'})


def test_duplicates(base):
    equal(base.json('duplicates'), [])
    one = base.set('client', 'name=Kuzey Nakliyat A.Ş.', 'phone=0212 555 01 42', 'city=Bursa')
    other = base.set('client', 'name=KUZEY NAKLİYAT', 'phone=+90 212 5550142', 'city=Bursa')
    base.set('client', 'name=Kuzey Optik', 'city=Bursa')
    pairs = base.json('duplicates')
    equal([set(pair) for pair in pairs], [{'score', 'reasons', 'records'}])
    equal(set(pairs[0]['reasons']), {'name', 'phone', 'city'})
    equal(pairs[0]['records'], sorted(({'id': one, 'name': 'Kuzey Nakliyat A.Ş.', 'city': 'Bursa'},
                                       {'id': other, 'name': 'KUZEY NAKLİYAT', 'city': 'Bursa'}), key=lambda record: record['id']))
    for part in (str(one), str(other), 'Same phone, same name, same city'):
        contains(base('duplicates'), part)
    equal(base.json('duplicates', '--limit', '0'), [])
    distinct = base.set('distinct_client', f'client={one}', f'other={other}')
    equal(base.json('duplicates'), [])
    equal([child['id'] for child in base.json('show', one)['distinct_client']], [distinct])
    equal(set(base.json('list', 'distinct_client')[0]), keys('distinct_client'))
    base.run('set', 'distinct_client', f'client={one}', f'other={one}', status=1)
    base('delete', distinct)
    equal(len(base.json('duplicates')), 1)


def test_duplicates_of_people(base):
    equal(base.json('duplicates', 'person'), [])
    one = base.set('person', 'name=Selin Akın', 'mobile=0532 555 00 11')
    other = base.set('person', 'name=SELİN AKIN', 'mobile=+90 532 5550011')
    base.set('person', 'name=Selin Öz')
    pairs = base.json('duplicates', 'person')
    equal([set(pair['reasons']) for pair in pairs], [{'name', 'phone'}])
    equal(pairs[0]['records'], sorted(({'id': one, 'name': 'Selin Akın', 'firm': None}, {'id': other, 'name': 'SELİN AKIN', 'firm': None}),
                                      key=lambda record: record['id']))
    contains(base('duplicates', 'person'), 'Same phone, same name')
    equal(base.json('duplicates', 'client'), [])
    distinct = base.set('distinct_person', f'person={other}', f'other={one}')
    equal(base.json('duplicates', 'person'), [])
    base('delete', distinct)
    before = [base.json('show', record) for record in (one, other)]
    equal(base('merge', other, one), f'{other}\n')
    equal([point['value'] for point in base.json('show', other)['person_point']], ['+90 532 5550011'])
    equal(base.json('duplicates', 'person'), [])
    base('undo')
    equal([base.json('show', record) for record in (one, other)], before)


def test_people_by_consent(base):
    ali, berk = base.set('person', 'name=Ali Demir'), base.set('person', 'name=Berk Kaya')
    base.set('person', 'name=Cem Yalın')
    for person, channel, state in ((ali, 'email', 'given'), (ali, 'sms', 'given'), (berk, 'sms', 'given'), (berk, 'email', 'refused')):
        base.set('consent', f'person={person}', f'channel={channel}', f'state={state}')

    def allowed(*where):
        return [person['name'] for person in base.json('list', 'person', *where)]
    equal(allowed('--where', 'may_contact=sms'), ['Ali Demir', 'Berk Kaya'])
    equal(allowed('--where', 'may_contact=E-mail'), ['Ali Demir'])
    equal(allowed('--where', 'may_contact='), ['Cem Yalın'])
    contains(base.run('list', 'person', '--where', 'may_contact=mail', status=1).err, 'none of')


def test_data_of(base):
    base.set('client', 'name=Kuzey Nakliyat', 'notes=Ask Ayşe Yılmaz')
    person = base.set('person', 'name=Ayşe Yılmaz', 'firm=Kuzey Nakliyat', 'email=ayse@kuzey.example')
    base.set('consent', f'person={person}', 'channel=call', 'state=given', 'how=Fair')
    told = json.loads(base('data-of', person, '-'))
    equal((told['person']['name'], told['position'][0]['client'], told['consent'][0]['how'], told['mentions'][0]['text']),
          ('Ayşe Yılmaz', 'Kuzey Nakliyat', 'Fair', 'Ask Ayşe Yılmaz'))
    equal({entry['entity'] for entry in told['history']}, {'person', 'position', 'person_point', 'consent'})
    for name, part in (('a.json', '"consent"'), ('a.html', '<h1>Everything held on Ayşe Yılmaz</h1>'), ('a.txt', 'How: Fair')):
        path = base.folder / name
        base('data-of', 'ayse yilmaz', path)
        contains(path.read_text(), part)
        equal(stat.S_IMODE(path.stat().st_mode), 0o600)
    base.set('person', 'name=Ayşe Yılmaz')
    contains(base.run('data-of', 'Ayşe Yılmaz', '-', status=1).err, 'Several')
    base.run('data-of', 'Nobody', '-', status=1)


def test_erase(base):
    client = base.set('client', 'name=Kuzey Nakliyat', 'notes=Ask Ayşe Yılmaz')
    other = base.set('client', 'name=Doğu Nakliyat', 'notes=Ayşe Yılmaz knows')
    person = base.set('person', 'name=Ayşe Yılmaz', 'firm=Kuzey Nakliyat', 'email=ayse@kuzey.example')
    call = base.set('interaction', f'client={client}', 'channel=call', 'text=About pallets')
    base.set('participant', f'interaction={call}', f'person={person}')
    letter = base.folder / 'a.eml'
    letter.write_text('From: ayse@kuzey.example\nTo: biz@bizim.example\nSubject: Wexumal\nMessage-ID: <1@ayse@kuzey.example>\n'
                      'Content-Type: multipart/mixed; boundary=m\n\n--m\n\nyaqorin\n--m\nContent-Type: text/plain; name=lumbrexo.txt\n\nhunzelwip\n--m--\n')
    base('log', '--eml', letter)
    (base.database.parent / 'backups').mkdir(exist_ok=True)
    base('backup', base.database.parent / 'backups' / 'mine.db')
    before = base.json('show', person)
    told = base('erase', person, '--dry-run')
    for part in ('People: 1', 'Conversations: 2', 'Documents: 1', 'Ask Ayşe Yılmaz (the name is replaced)', 'Backups that still hold'):
        contains(told, part)
    equal(base.json('show', person), before)
    contains(base('erase', person, '--yes', '--keep', other, '--delete-backups'), 'The person is erased.')
    base.run('show', person, status=1)
    equal(base.json('show', client)['notes'], 'Ask …')
    equal(base.json('show', other)['notes'], 'Ayşe Yılmaz knows')
    equal([(call['text'], call['subject']) for call in base.json('list', 'interaction')], [(None, None)] * 2)
    contains(base('check'), 'whole')
    # What was sent and what was attached to it, too
    for path in base.database.parent.rglob('*'):
        if path.is_file():
            for word in (b'pallets', b'ayse@', b'exumal', b'yaqorin', b'lumbrexo', b'hunzelwip'):
                assert word not in path.read_bytes(), path


def test_merge(base):
    one = base.set('client', 'name=Kuzey Nakliyat A.Ş.', 'phone=0212 555 01 42', 'city=Bursa', 'tags=VIP', 'notes=Bir')
    other = base.set('client', 'name=Kuzey Nakliyat', 'email=bilgi@kuzey.example', 'city=Mersin', 'tags=Fuar', 'notes=İki', 'sector=Lojistik')
    branch = base.set('client', 'name=Kuzey Depo', f'parent={other}')
    before = [base.json('show', record) for record in (one, other, branch)]
    told = base('merge', one, other, '--dry-run', '--field', 'city=2')
    for part in ('Mersin', 'bilgi@kuzey.example', 'Lojistik', '1 reference of another record follows.'):
        contains(told, part)
    equal([base.json('show', record) for record in (one, other, branch)], before)
    equal(base('merge', one, other, '--field', 'city=2', '--field', 'notes=1'), f'{one}\n')
    client = base.json('show', one)
    equal((client['name'], client['city'], client['email'], set(client['tags']), client['notes'], client['sector']),
          ('Kuzey Nakliyat A.Ş.', 'Mersin', 'bilgi@kuzey.example', {'VIP', 'Fuar'}, 'Bir', 'Lojistik'))
    equal({address['city'] for address in client['address']}, {'Bursa', 'Mersin'})
    base.run('show', other, status=1)
    equal(base.json('show', branch)['parent'], 'Kuzey Nakliyat A.Ş.')
    contains(base('undo'), 'Merge Kuzey Nakliyat into Kuzey Nakliyat A.Ş.')
    equal([base.json('show', record) for record in (one, other, branch)], before)

    contains(base.run('merge', one, one, status=1).err, 'itself')
    contains(base.run('merge', one, branch, '--field', 'tags=2', status=1).err, 'Tags')
    tag = base.json('list', 'tag')[0]['id']
    base.run('merge', one, tag, status=1)
    for choice in ('city', 'city=3', 'nonsense=1', '=1'):
        base.run('merge', one, other, '--field', choice, status=2)
    contains(base.run('merge', one, other, '--field', 'city=1', '--field', 'street=2', status=2).err, 'together')


def test_only_one(base):
    """A client has one next step and one main contact, whoever gives the mark; of two clients made one the first one's stay."""
    one, other = base.set('client', 'name=Kuzey Nakliyat'), base.set('client', 'name=Kuzey Lojistik')
    selin, ali, mete = (base.set('person', f'name={name}') for name in ('Selin Akın', 'Ali Demir', 'Mete Uz'))
    places = [base.set('position', f'person={person}', f'client={one}', 'contact=yes') for person in (selin, ali)]
    contacts = 'SELECT client, person FROM position WHERE contact ORDER BY id'
    equal(base.execute(contacts), [(one, ali)])
    base.set('position', places[0], 'contact=yes')
    equal(base.execute(contacts), [(one, selin)])
    base('undo')
    equal(base.execute(contacts), [(one, ali)])
    base.set('position', places[1], 'until=2026-01-01')
    contains(base.run('set', 'position', places[1], 'contact=yes', status=1).err, 'Who has left')
    base('undo')

    base.set('position', f'person={mete}', f'client={other}', 'contact=yes')
    base.set('task', 'name=Teklifi sor', f'client={one}', 'next=yes')
    base.set('task', 'name=Numune', f'client={other}', 'next=yes')
    told = base('merge', one, other, '--dry-run')
    contains(told, 'The next step stays “Teklifi sor”; “Numune” becomes a task like others.')
    contains(told, 'The main contact stays Ali Demir, and no longer is Mete Uz.')
    contains(base('merge', other, one, '--dry-run'), 'The next step stays “Numune”')
    base('merge', one, other)
    equal(base.execute(contacts), [(one, ali)])
    equal(base.execute('SELECT name FROM task WHERE next'), [('Teklifi sor',)])
    base('undo')
    equal(sorted(base.execute(contacts)), sorted([(one, ali), (other, mete)]))


def test_shared_names(base):
    """A name that two clients have says not which is meant; an id does, in every field that refers to one."""
    one = base.set('client', 'name=Ak Un', 'city=Bursa', 'phone=0224 555 01 42')
    other = base.set('client', 'name=AK UN')
    person = base.set('person', 'name=Selin Akın')
    for arguments in (('person', 'name=Ali Demir', 'firm=Ak Un'), ('person', person, 'firm=ak un'), ('position', f'person={person}', 'client=Ak Un'),
                      ('interaction', 'client=Ak Un', 'text=Aradı'), ('task', 'name=Ara', 'client=Ak Un'), ('client', 'name=Kol', 'parent=Ak Un')):
        told = base.run('set', *arguments, status=1).err
        contains(told, 'several are called “')
        contains(told, f'Bursa · 0224 555 01 42 (id {one})')
        contains(told, f'id {other}')
    base.set('person', person, f'firm={other}')
    equal(base.execute('SELECT client FROM position'), [(other,)])
    equal(base.execute('SELECT firm, (SELECT text FROM search WHERE id = person.id) FROM person'), [('AK UN', 'selin akin ak un')])
    # What stands there stays by its name
    base.set('person', person, 'firm=ak un', 'role=Müdür')
    equal(base.execute('SELECT client, role FROM position'), [(other, 'Müdür')])
    second = base.set('person', 'name=Ali Demir', f'firm={one}', 'role=Buyer')
    equal(base.execute(f'SELECT client, role FROM position WHERE person = {second}'), [(one, 'Buyer')])
    equal(base.execute(f'SELECT firm FROM person WHERE id = {second}'), [('Ak Un',)])
    for field in ('interaction', 'task'):
        base.set(field, f'client={other}', *(['name=Ara'] if field == 'task' else []))
        equal(base.execute(f'SELECT client FROM {field}'), [(other,)])
    base('delete', one)
    contains(base.run('set', 'person', person, f'firm={one}', status=1).err, 'is in the trash')
    base.set('task', 'name=Sor', 'client=Ak Un')
    equal(base.execute("SELECT client FROM task WHERE name = 'Sor'"), [(other,)])


def test_references(base):
    one, other = base.set('client', 'name=Ana'), base.set('client', 'name=Ana')
    child = base.set('client', 'name=Kol', f'parent={other}', 'segment=2026')
    equal(base.execute(f'SELECT parent FROM client WHERE id = {child}'), [(other,)])
    equal(base.json('show', child)['segment'], '2026')
    base.set('client', child, f'parent={one}')
    equal(base.execute(f'SELECT parent FROM client WHERE id = {child}'), [(one,)])
    base.set('client', child, 'parent=ANA', 'segment=')
    equal(base.json('show', child)['parent'], 'Ana')
    base.run('set', 'client', child, 'parent=Nobody', status=1)


def test_circles(base):
    holding, firm = base.set('client', 'name=Ak Holding'), base.set('client', 'name=Ak Un', 'parent=Ak Holding')
    refused = base.run('set', 'client', holding, 'parent=Ak Un', status=1).err
    contains(refused, 'Belongs to: “Ak Un” cannot be chosen for “Ak Holding”')
    contains(base.run('set', 'client', firm, f'referrer={firm}', status=1).err, 'Referred by: “Ak Un” cannot be chosen for itself.')
    base('delete', holding)
    contains(base.run('set', 'client', base.set('client', 'name=Ak Su'), f'parent={holding}', status=1).err, 'is in the trash')


def test_children(base):
    client = base.set('client', 'name=A', 'phone=0212 555 01 42')
    address = base.set('address', f'client={client}', 'kind=invoice', 'city=İzmir')
    mobile = base.set('contact_point', f'client={client}', 'kind=mobile', 'value=0532 555 01 42')
    other = base.set('client', 'name=A', 'phone=0212 555 01 43')
    points = base.json('list', 'contact_point', '--where', f'client={client}')
    equal({point['id'] for point in points} >= {mobile}, True)
    equal({point['client'] for point in points}, {client})
    equal(len(points), 2)
    for entity in ('address', 'contact_point'):
        for child in base.json('list', entity):
            equal(set(child), keys(entity))
    equal(base.json('show', client)['mobile'], '0532 555 01 42')
    equal(base.json('show', address)['kind'], 'invoice')
    contains(base('delete', mobile), '')
    equal(base.json('show', client)['mobile'], None)
    base.set('client', other, 'tags=x')
    equal(len(base.json('list', 'client_tag', '--where', f'client={other}')), 1)


def make_some(base):
    segment = base.set('segment', 'name=Zincir Mağazalar')
    for arguments in (['name=Çınar Tekstil', 'city=Bursa', 'kind=client', 'tags=vip, fuar', 'payment_days=30', 'segment=Zincir Mağazalar'],
                      ['name=Cam Sanayi', 'city=BURSA', 'tags=Vip', 'grade=A', 'credit_limit=100'],
                      ['name=ısparta Gül', 'city=Isparta', 'kind=key_client', 'payment_days=60'],
                      ['name=İpek', 'city=Ankara', 'segment=zincir mağazalar', 'postcode=06100']):
        base.set('client', *arguments)
    return segment


def names(base, *arguments):
    return [client['name'] for client in base.json('list', 'client', *arguments)]


def test_conditions(base):
    segment = make_some(base)
    equal(set(names(base, '--where', 'city=bursa')), {'Çınar Tekstil', 'Cam Sanayi'})
    equal(names(base, '--where', 'city=bursa', '--where', 'grade=A'), ['Cam Sanayi'])
    equal(names(base, '--where', 'name=ISPARTA GUL'), ['ısparta Gül'])
    equal(names(base, '--where', 'kind=key_client'), ['ısparta Gül'])
    equal(names(base, '--where', 'kind=Key Client'), ['ısparta Gül'])
    equal(set(names(base, '--where', 'tags=VIP')), {'Çınar Tekstil', 'Cam Sanayi'})
    equal(names(base, '--where', 'tags=vip', '--where', 'tags=fuar'), ['Çınar Tekstil'])
    equal(names(base, '--where', 'tags=vi'), [])
    equal(set(names(base, '--where', 'segment=ZİNCİR MAĞAZALAR')), {'Çınar Tekstil', 'İpek'})
    equal(set(names(base, '--where', f'segment={segment}')), {'Çınar Tekstil', 'İpek'})
    equal(set(names(base, '--where', 'segment=', '--where', 'tags=')), {'ısparta Gül'})
    equal(names(base, '--where', 'payment_days=30'), ['Çınar Tekstil'])
    equal(names(base, '--where', 'credit_limit=100,00'), ['Cam Sanayi'])
    equal(names(base, '--where', 'postcode=06100'), ['İpek'])
    equal(names(base, '--where', "name=' OR 1=1 --"), [])


def test_order(base):
    make_some(base)
    equal(names(base, '--sort', 'payment_days')[:2], ['Çınar Tekstil', 'ısparta Gül'])
    equal(names(base, '--sort', '-payment_days')[0], 'ısparta Gül')
    forwards = names(base, '--sort', 'name')
    equal(names(base), forwards)
    equal(names(base, '--sort', '-name'), forwards[::-1])
    equal(names(base, '--limit', '2'), forwards[:2])
    turkish = Base(base.folder / 'turkish')
    turkish.locale = 'tr_TR.UTF-8'
    make_some(turkish)
    equal(names(turkish), ['Cam Sanayi', 'Çınar Tekstil', 'ısparta Gül', 'İpek'])


def test_formats(base):
    make_some(base)
    base.set('client', 'name=Quote "A", Ltd\nzwei', 'notes==1+1', 'phone=+90 212 555 01 42')
    rows = list(csv.DictReader(io.StringIO(base('list', 'client', '--csv'))))
    objects = base.json('list', 'client')
    equal(len(rows), 5)
    for row, client in zip(rows, objects):
        equal(set(row), keys('client'))
        equal(int(row['id']), client['id'])
        equal(row['name'], client['name'])
    row = next(row for row in rows if row['name'].startswith('Quote'))
    equal((row['notes'], row['phone']), ("'=1+1", '+90 212 555 01 42'))
    for client in objects:
        equal(set(client), keys('client'))
    table = base('list', 'client').splitlines()
    equal(len(table), 6)
    assert len({line.index(city) for line in table for city in ('Bursa', 'BURSA', 'Isparta', 'Ankara') if line.rstrip().endswith(city)}) == 1
    equal(base.json('list', 'saved_view'), [])
    equal(base.json('list', 'tag')[0]['name'].lower(), 'fuar')


def test_hostile_text(base):
    base.set('client', 'name=<b>&amp;\x1b[31mrot\u202e\u200f', 'notes=\x01\x7f')
    client = base.json('list', 'client')[0]
    equal((client['name'], client['notes']), ('<b>&amp;\x1b[31mrot\u202e\u200f', '\x01\x7f'))
    for command in (['list', 'client'], ['show', client['id']], ['search', 'rot']):
        told = base(*command)
        assert '\x1b' not in told and '\u202e' not in told, told
    result = base.run('set', 'client', b'name=\xff\xfe'.decode(errors='surrogateescape'), status=1)
    contains(result.err, 'UTF-8')
    base.run('search', b'\xff\xfe'.decode(errors='surrogateescape'))
    equal(base.json('list', 'client', '--where', b'name=\xff'.decode(errors='surrogateescape')), [])
    base.set('client', 'name=' + 'x' * 100000)
    equal(len(base.json('list', 'client')), 2)


def test_search(base):
    make_some(base)
    base.set('client', 'name=Microsoft', 'phone=+90 (212) 555 01-42')

    def search(*arguments):
        return [found['name'] for found in base.json('search', *arguments)]

    equal(search('ISPARTA'), ['ısparta Gül'])
    equal(search('cinar'), ['Çınar Tekstil'])
    equal(search('gül ısp'), ['ısparta Gül'])
    equal(search('gül', 'ısp'), ['ısparta Gül'])
    equal(search('soft'), ['Microsoft'])
    equal(search('5550142'), ['Microsoft'])
    equal(search('nothing like it'), [])
    equal(search('zincir')[0], 'Zincir Mağazalar')
    equal(len(search('i', '--limit', '1')), 1)
    equal(len(search('i')), 2)
    equal(search('--', '-5'), [])
    for found in base.json('search', 'bursa'):
        equal(set(found), keys('client'))
    contains(base('search', 'micro'), 'Microsoft')


def test_delete_undo_redo(base):
    first = base.set('client', 'name=A')
    second = base.set('client', 'name=B', 'tags=x')
    contains(base('delete', first), 'A')
    equal(names(base), ['B'])
    equal(base.json('search', 'a'), [])
    contains(base('undo'), 'A')
    equal(names(base), ['A', 'B'])
    base('redo')
    equal(names(base), ['B'])
    base('undo')
    base.set('client', second, 'name=C')
    base('undo')
    equal(names(base), ['A', 'B'])
    base('undo')
    base('undo')
    equal(base.json('list', 'client'), [])
    contains(base.run('undo', status=1).err, 'undo')
    base('redo')
    base('redo')
    base('redo')
    base.run('redo', status=1)
    equal(names(base), ['A', 'C'])
    contains(base('check'), str(base.database))


def test_history(base):
    client = base.set('client', 'name=A')
    base.set('client', client, 'city=Ankara')
    base.set('client', client, 'city=Ankara')
    base.set('client', client, 'name=B')
    base('undo')
    steps = base.json('history')
    for step in steps:
        equal(set(step), {'id', 'label', 'kind', 'state', 'who', 'at', 'changes'})
    equal([step['kind'] for step in steps][:2], ['undo', 'do'])
    equal([step['state'] for step in steps if step['kind'] == 'do'][0], 'undone')
    entries = base.json('history', client)
    for entry in entries:
        equal(set(entry), {'step', 'label', 'at', 'who', 'entity', 'record', 'op', 'field', 'before', 'after'})
    told = [(entry['entity'], entry['op'], entry['field'], entry['before'], entry['after']) for entry in entries]
    equal(told[0], ('client', 'update', 'name', 'B', 'A'))
    equal(told[1], ('client', 'update', 'name', 'A', 'B'))
    equal(('client', 'update', 'city', None, 'Ankara') in told, True)
    equal(told[-1], ('client', 'insert', None, None, 'A'))
    contains(base('history', client), 'A → B')
    equal(len(base('history').splitlines()), len(steps))


# Files

SUMMARY = re.compile(r'(\d+) new, (\d+) changed, (\d+) unchanged, (\d+) rejected')


def take_in(base, *arguments):
    """What the last line of an import says."""
    return tuple(map(int, SUMMARY.fullmatch(base('import', *arguments).splitlines()[-1]).groups()))


def test_import(base):
    path = base.folder / 'list.csv'
    path.write_text('Firma;Şehir;Telefon;E-posta;Renk\nÇınar Tekstil;Bursa;0224 555 01 42;;mavi\n;Ankara;;;\nAkın;İzmir;;akin@akin.example;\n'
                    'Bozuk;Van;;kimse;\n', encoding='cp1254')
    for locale in ('C', 'tr_TR.UTF-8', 'C.UTF-8'):
        base.locale = locale
        equal(take_in(base, path, '--dry-run'), (2, 0, 0, 2))
    equal(base.count(), 0)
    told = base('import', path).splitlines()
    equal(told[-1], '2 new, 0 changed, 0 unchanged, 2 rejected')
    assert [line for line in told[:-1] if '3' in line] and [line for line in told[:-1] if '5' in line], told
    equal(names(base), ['Akın', 'Çınar Tekstil'])
    equal(take_in(base, path), (0, 0, 2, 2))
    equal(len(base.json('history')), 1)

    path.write_text('name,city\nÇınar Tekstil,Kütahya\nAkın,\nYeni,Van\n')
    equal(take_in(base, path, '--match', 'name'), (1, 1, 1, 0))
    equal([client['city'] for client in base.json('list', 'client')], ['İzmir', 'Kütahya', 'Van'])
    assert list((base.database.parent / 'backups').glob('*-import.db')), 'no backup before an import'
    base('undo')
    equal([client['city'] for client in base.json('list', 'client')], ['İzmir', 'Bursa'])
    base('undo')
    equal((base.count(), base.count('contact_point'), base.count('address')), (0, 0, 0))
    base('redo')
    equal(base.count(), 2)


CARDS = (
    'BEGIN:VCARD\r\nVERSION:3.0\r\nKIND:org\r\nFN:Demir Tekstil A.Ş.\r\nTEL:0212 555 01 01\r\nEND:VCARD\r\n'
    'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Can Kara\r\nN:Kara;Can;;;\r\nORG:Demir Tekstil\r\nTITLE:Müdür\r\nX-RENK:mavi\r\n'
    'EMAIL;TYPE=WORK:can@demir.example\r\nEND:VCARD\r\n')
MORE_CARDS = 'BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Ay\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nEND:VCARD\r\n'


def make_cards(base):
    """Two files of people and a firm."""
    first, second = base.folder / 'a.vcf', base.folder / 'b.vcf'
    first.write_text(CARDS, encoding='utf-8')
    second.write_text(MORE_CARDS, encoding='utf-8')
    return first, second


def test_cards(base):
    first, second = make_cards(base)
    equal(take_in(base, first, second, '--dry-run'), (3, 0, 0, 1))
    equal(base.json('list', 'person'), [])
    equal(take_in(base, first, second), (3, 0, 0, 1))
    contains(base('import', first, second), 'b.vcf, line 5: ')
    equal(take_in(base, first, second), (0, 0, 3, 1))
    person = next(person for person in base.json('list', 'person') if person['name'] == 'Can Kara')
    equal((person['firm'], person['role'], person['email']), ('Demir Tekstil A.Ş.', 'Müdür', 'can@demir.example'))
    base('undo')
    equal(base.json('list', 'person') + base.json('list', 'client'), [])
    table = base.folder / 'c.csv'
    table.write_text('name\nA\n')
    base.run('import', first, table, status=2)
    base.run('import', first, '--map', 'name=FN', status=2)
    base.run('import', first, base.folder / 'none.vcf', status=1)
    table.rename(base.folder / 'table.vcf')
    contains(base.run('import', base.folder / 'table.vcf', status=1).err, 'There is no vCard in the file.')
    equal(take_in(base, first, base.folder / 'table.vcf'), (2, 0, 0, 0))


def test_export_cards(base):
    first, second = make_cards(base)
    base('import', first, second)
    cards = base.folder / 'out.vcf'
    person = next(person for person in base.json('list', 'person') if person['name'] == 'Can Kara')
    for arguments, here, found in ((('person',), {'Can Kara', 'Ay'}, 2), (('client',), {'Demir Tekstil A.Ş.', 'Can Kara'}, 2),
                                   (('person', '--id', person['id']), {'Can Kara'}, 1), (('person', '--where', 'firm='), {'Ay'}, 1),
                                   (('person', '--vcard', '3.0'), {'Can Kara', 'Ay'}, 2)):
        base('export', arguments[0], cards, *arguments[1:])
        equal(stat.S_IMODE(cards.stat().st_mode), 0o600)
        text = cards.read_text(encoding='utf-8')
        equal({line[3:] for line in text.splitlines() if line.startswith('FN:')}, here)
        equal('X-RENK:mavi' in text, 'Can Kara' in here)
        equal(take_in(base, cards), (0, 0, found, 0))
    before = cards.read_bytes()
    for arguments, status in ((('tag', cards), 1), (('person', cards, '--id', '7'), 1), (('person', cards, '--id', 'x'), 2),
                              (('person', cards, '--vcard', '2.1'), 2), (('person', cards, '--id', person['id'], '--where', 'firm='), 2)):
        base.run('export', *arguments, status=status)
    equal(cards.read_bytes(), before)


def test_endless_inputs(base):
    """Devices and pipes that never end are refused before a byte of them is read; large files of nothing in time."""
    client = base.set('client', 'name=A')
    commands = {'csv': ('import',), 'vcf': ('import',), 'eml': ('log', '--eml'), 'png': ('attach', client), 'jpg': ('attach', client, '--picture')}
    for kind, command in commands.items():
        zero, pipe = base.folder / f'zero.{kind}', base.folder / f'pipe.{kind}'
        zero.symlink_to('/dev/zero')
        os.mkfifo(pipe)
        for path in (zero, pipe):
            error = base.run(*command, path, status=1).err
            assert re.search(f'{path.name}” is not a (file|picture)', error), error
        path = base.folder / f'large.{kind}'
        with path.open('wb') as file:
            file.truncate(200 << 20)
        if command[0] != 'attach':
            result = base.run(*command, path, status=None)
            contains(result.out + result.err, path.name)
            assert result.status == 1 or 'line 1: ' in result.out, result
    equal(base.json('list', 'document'), [])
    equal(base.json('list', 'interaction'), [])
    equal(base.count(), 1)


def test_import_mapped(base):
    path = base.folder / 'list.csv'
    path.write_text('A,B,C\nx,Bir,Van\ny,Iki,Muş\n')
    base.run('import', path, status=1)
    equal(take_in(base, path, '--map', 'name=B', '--map', 'city=3'), (2, 0, 0, 0))
    equal({(client['name'], client['city']) for client in base.json('list', 'client')}, {('Bir', 'Van'), ('Iki', 'Muş')})
    assert base.run('import', path, '--map', 'nonsense=B', status=1).err
    assert base.run('import', path, '--map', 'name=nonsense', status=1).err


def test_import_what_was_exported(base):
    path, again = base.folder / 'out.csv', base.folder / 'again.csv'
    base('sample', '--clients', '300')
    base.set('client', 'name==1+1', 'notes=iki\nsatır "tırnak"', 'phone=+90 212 555 01 42', 'tax_number=DE 123')
    base('export', 'client', path)
    equal(take_in(base, path)[:2], (0, 0))
    other = Base(base.folder / 'other')
    equal(take_in(other, path), (301, 0, 0, 0))
    other('export', 'client', again)
    equal(sorted(again.read_text(encoding='utf-8').splitlines()), sorted(path.read_text(encoding='utf-8').splitlines()))


def test_import_bad_files(base):
    for name, content in (('empty.csv', b''), ('binary.csv', bytes(range(256)) * 100), ('png.csv', b'\x89PNG\r\n\x1a\n' + bytes(1000)),
                          ('header.csv', b'Name,City\n'), ('quote.csv', b'Name,City\n"A,B\nC,D\n' + b'E,F\n' * 5000),
                          ('ragged.csv', b'Name,City\nA\nB,C,D,E\n'), ('line.csv', b'Name,City\n' + b'x' * 3000000 + b'\n'),
                          ('nul.csv', b'Name,City\nA\0B,C\n'), ('latin.csv', b'Name,City\n\xff\xfe\xfd,\x81\n')):
        path = base.folder / name
        path.write_bytes(content)
        result = base.run('import', path, status=None)
        if result.status == 0:
            assert SUMMARY.fullmatch(result.out.splitlines()[-1]), result
        else:
            contains(result.err, name)
    base('check')


def test_corpora(base):
    files = sorted(path for path in corpora('csv').rglob('*') if path.is_file() and 'LICENSE' not in path.name)
    refused = 0
    for path in files:
        result = base.run('import', path, '--dry-run', status=None)
        planned = result.out.splitlines()[-1:]
        result = base.run('import', path, status=None)
        if result.status == 1:
            refused += 1
            continue
        equal(result.out.splitlines()[-1:], planned)
        assert SUMMARY.fullmatch(planned[0]), result
        equal(take_in(base, path)[:2], (0, 0))
    base('check')
    print(f'# {len(files)} files, {refused} refused')


def test_export(base):
    path = base.folder / 'out.csv'
    base.set('client', "name==cmd|' /C calc'!A0", 'phone=+90 532 555 01 42', 'notes=@SUM(1)', 'street=Yol 1', 'credit_limit=-0', 'tags=a,b')
    base.set('client', 'name=Çok "özel"; Ltd', 'notes=iki\nsatır')
    contains(base('export', 'client', path), str(path))
    equal(stat.S_IMODE(path.stat().st_mode), 0o600)
    with path.open(encoding='utf-8-sig', newline='') as lines:
        rows = list(csv.DictReader(lines))
    equal(len(rows), 2)
    exported = next(row for row in rows if 'cmd' in row['name'])
    equal(exported['name'], "'=cmd|' /C calc'!A0")
    equal(exported['phone'], '+90 532 555 01 42')
    equal(exported['notes'], "'@SUM(1)")
    equal((exported['street'], exported['tags']), ('Yol 1', 'a, b'))
    equal(next(row for row in rows if 'özel' in row['name'])['notes'], 'iki\nsatır')
    before = path.read_bytes()
    base.run('export', 'client', base.folder, status=1)
    base.run('export', 'client', base.folder / 'none' / 'x.csv', status=1)
    equal(path.read_bytes(), before)
    base('export', 'tag', base.folder / 'tags.csv')
    equal(sorted(entry.name for entry in base.folder.iterdir()), ['crm', 'out.csv', 'tags.csv'])


def test_export_of_all_columns(base):
    """Whatever stands in whichever column comes back."""
    hostile = ('=cmd|x', '+SUM(1)', '-1+1', '@a', '"a", b', 'bir\niki', 'a;b', "'=1", "O'Neill", 'ışık İĞNE', 'a\t=1')
    base.set('client', 'name=Ak Holding')
    texts = ('sector', 'owner', 'street', 'district', 'city', 'region', 'postcode', 'country', 'tax_office', 'supplier')
    fixed = {'kind': 'partner', 'segment': 'Öz, "x"', 'grade': 'A', 'size': 'chain', 'parent': 'Ak Holding', 'tags': 'a, b', 'phone': '+90 212 555 01 42',
             'mobile': '0532 555 01 42', 'fax': '155', 'email': 'a@b.example', 'web': 'www.b.example', 'preferred_channel': 'post', 'tax_number': '1234567890',
             'loyalty': 'gold', 'credit_limit': '1234567.89', 'currency': 'EUR', 'payment_days': '30', 'source': 'fair', 'referrer': 'Ak Holding'}
    for i, value in enumerate(hostile):
        # Not all alike: one of them would be enough to find the client by
        more = fixed if i == 0 else {'parent': 'Ak Holding'}
        # Only notes have lines
        line = ' '.join(value.split())
        base.set('client', f'name={line}{i} Ltd', f'notes={value}', *(f'{field}={line}' for field in texts), *(f'{k}={v}' for k, v in more.items()))
    before = {client['name']: client for client in base.json('list', 'client')}
    equal(len(before), len(hostile) + 1)
    path = base.folder / 'all.csv'
    base('export', 'client', path)
    with path.open(encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        equal({name for name, cell in row.items() if cell[:1] in '=@\t\r' and cell != ''}, set())
        equal({name for name, cell in row.items() if cell[:1] in '+-' and cell not in ('+90 212 555 01 42',) and cell != ''}, set())
    equal(set(rows[0]), set(before['Ak Holding']) - {'id', 'extra', 'created', 'modified', 'deleted', 'next_step', 'next_due', 'last_contact', 'logo'})
    full = next(row for row in rows if row['grade'] == 'A')
    equal([name for name, cell in full.items() if cell == ''], [])
    base('import', path, '--database', base.folder / 'other.db')
    after = {client['name']: client for client in base.json('list', 'client', '--database', base.folder / 'other.db')}
    for client in (*before.values(), *after.values()):
        for field in ('id', 'created', 'modified', 'extra'):
            client.pop(field, None)
    equal({(name, field): (value, before[name][field]) for name, client in after.items() for field, value in client.items()
           if value != before[name][field]}, {})
    equal(set(after), set(before))


def test_export_is_imported(base):
    base('sample', '--clients', '5000')
    base.set('client', 'name==1+1', 'notes=-a\nb', 'phone=155', 'tags=x', 'parent=' + names(base)[0])
    path = base.folder / 'all.csv'
    base('export', 'client', path)
    equal(base('import', path).splitlines()[-1], '0 new, 0 changed, 5001 unchanged, 0 rejected')
    other = base.folder / 'other.db'
    told = base('import', path, '--match', 'none', '--database', other)
    equal(told.splitlines()[-1], '5001 new, 0 changed, 0 unchanged, 0 rejected')
    again = base.folder / 'again.csv'
    base('export', 'client', again, '--database', other)
    with path.open(encoding='utf-8-sig', newline='') as first, again.open(encoding='utf-8-sig', newline='') as second:
        equal(sorted(map(repr, csv.reader(first))), sorted(map(repr, csv.reader(second))))


def names_in(connection, kind):
    return {name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,))}


def columns_in(connection, table):
    return {column for _, column, *_ in connection.execute(f'PRAGMA table_info ({table})')}


def take_back_to(base, version):
    """Leaves in the base what the scripts up to that version make."""
    with contextlib.closing(sqlite3.connect(':memory:')) as old, contextlib.closing(sqlite3.connect(base.database)) as new:
        for number in range(1, version + 1):
            old.executescript((SCHEMA / f'{number:03}.sql').read_text(encoding='utf-8'))
        tables = names_in(old, 'table')
        new.executescript('PRAGMA foreign_keys = OFF;' + ''.join(f'DROP INDEX {name};' for name in names_in(new, 'index') - names_in(old, 'index')) +
                          # A full-text index takes its own tables with it
                          ''.join(f'DROP TABLE IF EXISTS {name};' for name in sorted(names_in(new, 'table') - tables)))
        for table in tables:
            for column in columns_in(new, table) - columns_in(old, table):
                new.execute(f'ALTER TABLE {table} DROP COLUMN {column}')
        new.execute(f'PRAGMA user_version = {version}')
        new.commit()


def test_base_of_the_version_before(base):
    take_over(base, 1)


def test_base_of_the_second_version(base):
    take_over(base, 2)


def take_over(base, version):
    """Opened, it is backed up and gets the new tables; what was done in it can still be undone."""
    client = base.set('client', 'name=Ağaoğlu Gıda', 'city=İstanbul', 'phone=0212 555 01 42')
    base('set', 'client', client, 'city=Bursa')
    before = base.json('list', 'client')
    take_back_to(base, version)

    equal(base.json('list', 'client'), before)
    backup, = (base.database.parent / 'backups').glob('*-migration.db')
    with contextlib.closing(sqlite3.connect(backup)) as connection:
        equal(connection.execute('PRAGMA user_version').fetchall(), [(version,)])
        equal(connection.execute('SELECT name, city FROM client').fetchall(), [('Ağaoğlu Gıda', 'Bursa')])
    base('check')
    base('set', 'person', 'name=Ali Demir', 'firm=Ağaoğlu Gıda')
    base('undo')
    base('undo')
    equal(base.json('list', 'client')[0]['city'], 'İstanbul')
    base('check')


def test_backup_and_restore(base):
    copy = base.folder / 'copy.db'
    base.set('client', 'name=A')
    contains(base('backup', copy), str(copy))
    base.set('client', 'name=B')
    told = base('restore', copy)
    aside = re.search('“([^”]*replaced[^”]*)”', told)[1]
    equal(names(base), ['A'])
    equal(len(base.json('--database', aside, 'list', 'client')), 2)
    base.set('client', 'name=C')
    equal(names(base), ['A', 'C'])
    content = base.database.read_bytes()
    copy.write_bytes(copy.read_bytes()[:5000])
    contains(base.run('restore', copy, status=1).err, str(copy))
    equal(base.database.read_bytes(), content)
    base.run('backup', base.database, status=1)
    equal(names(base), ['A', 'C'])


def test_restore_where_there_is_nothing(base):
    copy = base.folder / 'copy.db'
    base.set('client', 'name=A')
    base('backup', copy)
    other = base.folder / 'new' / 'other.db'
    base('--database', other, 'restore', copy)
    equal([client['name'] for client in base.json('list', 'client', '--database', other)], ['A'])


# Conversations

def test_log(base):
    client = base.set('client', 'name=Kuzey Nakliyat A.Ş.', 'city=Bursa')
    other = base.set('client', 'name=Kuzey Otel', 'city=İzmir')
    base.set('person', 'name=Sevgi Kaya', 'firm=Kuzey Nakliyat A.Ş.')
    call = int(base('log', 'kuzey NAKLIYAT', 'call', 'Fiyat soruldu\nTeklif istiyor', '--outcome', 'reached', '--at', '2026-03-02T10:00:00Z',
                    '--person', 'sevgi', '--minutes', '12', '--in'))
    shown = base.json('show', call)
    equal([shown[field] for field in ('subject', 'client', 'channel', 'direction', 'at', 'length', 'outcome')],
          ['Fiyat soruldu', 'Kuzey Nakliyat A.Ş.', 'call', 'in', '2026-03-02T10:00:00Z', 12, 'reached'])
    equal([row['person'] for row in base.json('list', 'participant')], ['Sevgi Kaya'])
    visit = int(base('log', other, 'visit', 'Gezildi'))
    equal([row['id'] for row in base.json('list', 'interaction', '--where', 'client=Kuzey Otel')], [visit])
    equal([row['id'] for row in base.json('list', 'interaction', '--where', 'channel=call')], [call])
    equal([row['id'] for row in base.json('search', 'teklif istiyor')], [call])

    several = base.run('log', 'kuzey', 'call', 'Kim?', status=1).err
    contains(several, f'Kuzey Nakliyat A.Ş., Bursa ({client})')
    contains(several, f'Kuzey Otel, İzmir ({other})')
    contains(base.run('log', 'güney', 'call', 'Kim?', status=1).err, '“güney” is not found')
    contains(base.run('log', client, 'pigeon', 'Ne?', status=1).err, 'pigeon')
    contains(base.run('log', client, 'call', 'Ne?', '--at', 'tomorrow', status=1).err, 'no time that has been')
    contains(base.run('log', client, 'call', 'Ne?', '--person', 'nobody', status=1).err, '“nobody” is not found')
    base.run('log', client, 'call', status=2)
    equal(len(base.json('list', 'interaction')), 2)
    base('set', 'interaction', call, 'outcome=busy')
    equal(base.json('show', call)['outcome'], 'busy')
    base('delete', call)
    equal([row['id'] for row in base.json('list', 'interaction')], [visit])
    base('undo')
    equal(len(base.json('list', 'interaction')), 2)


def test_log_mail(base):
    client = base.set('client', 'name=Kuzey Nakliyat A.Ş.', 'web=www.kuzey.example')
    other = base.set('client', 'name=Kaya Makine')
    letter = base.folder / 'teklif.eml'
    letter.write_text('From: =?utf-8?Q?Ay=C5=9Fe?= Kaya <ayse@kuzey.example>\nTo: biz@bizim.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n'
                      'Subject: Teklif \033[31m\nMessage-ID: <1@kuzey.example>\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\nEkte.\n'
                      '--m\nContent-Type: application/pdf; name="../../fiyat.pdf"\n\n%PDF-1.4\n--m--\n', encoding='utf-8')
    broken = base.folder / 'broken.eml'
    broken.write_text('Merhaba\n', encoding='utf-8')

    rehearsed = base('log', '--eml', letter, '--dry-run')
    contains(rehearsed, 'Unknown: Ayşe Kaya <ayse@kuzey.example>, Kuzey Nakliyat A.Ş.')
    contains(rehearsed, '1 logged, 0 known, 0 refused')
    equal(base.json('list', 'interaction'), [])
    run = base.run('log', '--eml', letter, broken, '--new-people', status=1)
    contains(run.err, '“broken.eml” is not an e-mail')
    contains(run.out, '1 logged, 0 known, 1 refused')
    contains(run.out, 'New person: Ayşe Kaya')
    interaction = int(run.out.split()[0])
    shown = base.json('show', interaction)
    equal([shown[field] for field in ('subject', 'client', 'channel', 'direction', 'at', 'text')],
          ['Teklif [31m', 'Kuzey Nakliyat A.Ş.', 'email', 'in', '2026-03-02T10:00:00Z', 'Ekte.'])
    equal([(row['name'], row['firm']) for row in base.json('list', 'person')], [('Ayşe Kaya', 'Kuzey Nakliyat A.Ş.')])
    equal([row['person'] for row in base.json('list', 'participant')], ['Ayşe Kaya', None])
    equal([row['name'] for row in base.json('list', 'document')], ['fiyat.pdf'])
    base('check')
    contains(base('log', '--eml', letter), f'teklif.eml: logged already: {interaction}')
    base('undo')
    equal(base.json('list', 'interaction') + base.json('list', 'person') + base.json('list', 'document'), [])
    base('log', '--eml', letter, '--client', 'kaya')
    equal([row['client'] for row in base.json('list', 'interaction')], ['Kaya Makine'])
    contains(base.run('log', '--eml', letter, '--client', 'nobody', status=1).err, '“nobody” is not found')
    for wrong in (['log', '--eml'], ['log', '--eml', letter, '--in'], ['log', client, 'call', 'Ne?', '--dry-run'], ['log', other, 'call', 'a', 'b']):
        base.run(*wrong, status=2)


# Documents

def attach(base, record, name, content, *options):
    path = base.folder / name
    path.write_bytes(content)
    return int(base('attach', record, path, *options))


def test_absurd_pictures(base):
    """A few bytes that say they are 60,000 × 60,000 pixels, and many that say nothing."""
    client = base.set('client', 'name=Kaya Makine')
    for name, content, size in (('dev.png', b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR' + struct.pack('>IIBBBBB', 60000, 60000, 8, 2, 0, 0, 0), 0),
                                ('dev.gif', b'GIF89a' + struct.pack('<HHBBB', 60000, 60000, 0x80, 0, 0), 0),
                                ('dev.bmp', b'BM' + bytes(12) + struct.pack('<III', 40, 60000, 60000), 0), ('dev.jpg', b'\xff\xd8\xff\xe0', 21 << 20)):
        path = base.folder / name
        path.write_bytes(content)
        os.truncate(path, max(size, 200))
        contains(base.run('attach', client, path, '--picture', status=1).err, f'“{name}” is too large for a picture')
    equal(base.json('list', 'document'), [])


def test_documents(base):
    client = base.set('client', 'name=Kaya Makine')
    offer = attach(base, client, 'teklif.pdf', b'%PDF-1.4 offer')
    base('set', 'document', offer, 'name=../../Teklif 2026.pdf')
    shown = base.json('show', offer)
    equal((shown['name'], shown['kind'], shown['size'], shown['media_type'], shown['client']),
          ('Teklif 2026.pdf', 'file', 14, 'application/pdf', 'Kaya Makine'))
    equal([row['name'] for row in base.json('list', 'document', '--where', 'client=Kaya Makine')], ['Teklif 2026.pdf'])
    equal([row['id'] for row in base.json('search', 'teklif')], [offer])
    contains(base('search', 'teklif'), 'Document')
    base('export', 'document', offer, base.folder / 'out.pdf')
    equal((base.folder / 'out.pdf').read_bytes(), b'%PDF-1.4 offer')
    kept = base.database.parent / 'documents' / shown['hash'][:2] / shown['hash']
    equal(kept.read_bytes(), b'%PDF-1.4 offer')
    base('delete', offer)
    base('undo')
    base('check')
    for wrong in (['attach', client], ['attach', 'x', 'y'], ['attach', client, 'a', 'b', '--picture'], ['export', 'client', 'a', 'b']):
        base.run(*wrong, status=2)
    contains(base.run('attach', 1, base.folder / 'out.pdf', status=1).err, 'no record with the id 1')
    contains(base.run('attach', base.set('tag', 'name=x'), base.folder / 'out.pdf', status=1).err, 'only clients')
    contains(base.run('export', 'document', 1, base.folder / 'x', status=1).err, 'no document')
    base.run('set', 'document', offer, 'hash=' + '0' * 64, status=2)


def test_attach_what_can_be(base):
    client = base.set('client', 'name=A')
    (base.folder / 'a.txt').write_text('a')
    result = base.run('attach', client, base.folder / 'a.txt', base.folder, base.folder / 'none.txt', status=1)
    equal(len(result.out.split()), 1)
    contains(result.err, 'is a folder')
    contains(result.err, 'none.txt')
    contains(base.run('attach', client, base.folder / 'a.txt', status=1).err, 'already')
    equal(base.count('document'), 1)
    person = base.set('person', 'name=Ayşe Yılmaz')
    contains(base.run('attach', person, base.folder / 'a.txt', '--picture', status=1).err, 'not a picture')
    (base.folder / 'a.png').write_bytes(b'\x89PNG\r\n\x1a\n')
    photo = int(base('attach', person, base.folder / 'a.png', '--picture'))
    equal(base.json('show', person)['photo'], base.json('show', photo)['hash'])
    equal(base.json('show', int(base('attach', client, base.folder / 'a.png', '--picture')))['kind'], 'logo')


def test_check_documents(base):
    client = base.set('client', 'name=Kaya Makine')
    offer = attach(base, client, 'teklif.pdf', b'offer')
    letter = attach(base, client, 'mektup.txt', b'letter')
    gone = attach(base, client, 'gone.txt', b'gone')
    base('check')
    files = {document: base.database.parent / 'documents' / base.json('show', document)['hash'][:2] / base.json('show', document)['hash']
             for document in (offer, letter, gone)}
    files[offer].write_bytes(b'forge')
    files[letter].unlink()
    result = base.run('check', status=1)
    contains(result.out, f'“teklif.pdf” of “Kaya Makine” ({offer}) was altered: {files[offer]}')
    contains(result.out, f'“mektup.txt” of “Kaya Makine” ({letter}) is missing: {files[letter]}')
    assert 'gone.txt' not in result.out and 'restore' not in result.err, result
    assert 'not what it was' in base.run('export', 'document', offer, base.folder / 'x', status=1).err
    assert 'is missing' in base.run('export', 'document', letter, base.folder / 'x', status=1).err
    assert not (base.folder / 'x').exists()
    base.run('attach', client, base.folder / 'teklif.pdf', status=1)
    base.run('attach', client, base.folder / 'mektup.txt', status=1)
    base('check')

    # What undo could bring back stays; what nothing names goes when that is asked for.
    base('undo')
    stray = files[gone].parent / (files[gone].name[:2] + '0' * 62)
    stray.write_bytes(b'stray')
    contains(base('check'), '1 file in the folder of documents is needed by no document')
    assert stray.exists()
    contains(base('check', '--remove-unused'), '1 file')
    assert not stray.exists() and files[gone].exists()
    base('redo')
    base('check')


def test_backup_of_documents(base):
    copy = base.folder / 'copy.db'
    client = base.set('client', 'name=A')
    offer = attach(base, client, 'a.pdf', b'offer')
    contains(base('backup', copy), 'copy.db.documents”: 1 document')
    base('delete', offer)
    shutil.rmtree(base.database.parent / 'documents')
    contains(base('restore', copy), 'copy.db.documents”: 1 document')
    base('check')
    base('export', 'document', offer, base.folder / 'out.pdf')
    equal((base.folder / 'out.pdf').read_bytes(), b'offer')
    other = base.folder / 'new' / 'crm.db'
    base('--database', other, 'restore', copy)
    base('--database', other, 'check')


def test_check(base):
    base.set('client', 'name=A', 'city=Ankara')
    contains(base('check'), str(base.database))
    base.execute("UPDATE search SET text = 'wrong'")
    result = base.run('check', status=1)
    assert result.out.strip(), result
    contains(result.err, str(base.database))
    missing = base.run('check', '--database', base.folder / 'missing.db', status=1)
    contains(missing.err, 'missing.db')
    assert not (base.folder / 'missing.db').exists()
    base.run('backup', base.folder / 'x.db', '--database', base.folder / 'missing.db', status=1)
    assert not (base.folder / 'x.db').exists()


def test_sample(base):
    base('sample')
    clients = base.json('list', 'client')
    equal(len(clients), 1000)
    assert len({client['name'] for client in clients}) > 900
    assert any(client['country'] == 'Germany' for client in clients) and any(client['country'] == 'Turkey' for client in clients)
    for client in clients:
        assert client['email'] is None or client['email'].endswith('.example')
    base('check')
    base('sample', '--clients', '5')
    equal(base.count(), 1005)
    base('undo')
    base('undo')
    equal((base.count(), base.count('tag'), base.count('segment')), (0, 0, 0))
    base('redo')
    equal(base.count(), 1000)


# Where it runs

LETTER = '''\
From: Ayşe Kaya <ayse@kuzey.example>
To: biz@bizim.example
Subject: Teklif
Message-ID: <1@kuzey.example>
Content-Type: multipart/mixed; boundary=m

--m

Ekte.
--m
Content-Type: application/x-sh; name="../../run.sh"

#!/bin/sh
--m--
'''


def modes_below(folder):
    return {(path.relative_to(folder), oct(stat.S_IMODE(path.lstat().st_mode)), path.is_dir()) for path in folder.rglob('*')}


def test_modes(base):
    """Whatever is done, under an umask that forbids nothing: files for their owner alone, none of which can be run."""
    def do(*arguments):
        return base.run(*arguments, preexec_fn=lambda: os.umask(0)).out

    given = base.folder / 'given'
    given.mkdir(0o700)
    for name, content in (('a.csv', 'name,city\nA,B\n'), ('a.vcf', 'BEGIN:VCARD\nFN:Can Kara\nORG:A\nEMAIL:can@a.example\nEND:VCARD\n'),
                          ('a.eml', LETTER), ('run', '#!/bin/sh\n'), ('a.png', '\x89PNG')):
        (given / name).write_text(content, encoding='utf-8')
        (given / name).chmod(0o777)
    client = int(do('set', 'client', 'name=A'))
    do('import', given / 'a.csv')
    do('import', given / 'a.vcf')
    do('log', '--eml', given / 'a.eml', '--new-people')
    do('log', client, 'call', 'Ne var?')
    do('attach', client, given / 'run', given / 'a.csv')
    do('attach', client, given / 'a.png', '--picture')
    do('set', 'task', 'name=Ara', f'client={client}', 'due=2027-01-15')
    other = int(do('set', 'client', 'name=A Ltd.'))
    do('merge', client, other)
    do('undo')
    do('redo')
    do('delete', client)
    do('undo')
    do('check')
    do('backup', base.folder / 'copy.db')
    do('restore', base.folder / 'copy.db')
    do('export', 'client', base.folder / 'out.csv')
    do('export', 'person', base.folder / 'out.vcf')
    for document in base.json('list', 'document'):
        do('export', 'document', document['id'], base.folder / f'{document["id"]}.copy')
    do('data-of', 'Can Kara', base.folder / 'out.html')
    do('data-of', 'Can Kara', base.folder / 'out.json')
    do('erase', next(person['id'] for person in base.json('list', 'person') if person['name'] == 'Can Kara'), '--yes')
    do('set', 'client', 'name=B', '--database', base.folder / 'a' / 'b' / 'c.db')
    do('sample', '--clients', '5', '--database', base.folder / 'd.db')
    shutil.rmtree(given)
    found = modes_below(base.folder)
    names = {str(path) for path, _, _ in found}
    for expected in ('crm/backups', 'crm/documents', 'copy.db.documents', 'crm/crm.db', 'a/b/c.db', 'd.db', 'out.csv', 'out.vcf', 'out.html', 'out.json'):
        assert expected in names, f'{expected} is not among {names}'
    assert any(name.startswith('crm/crm.db.replaced-') for name in names), names
    assert sum(path.parent.parent.name in ('documents', 'copy.db.documents') for path, _, _ in found) >= 8, names
    for path, mode, is_folder in found:
        equal((path, mode), (path, '0o700' if is_folder else '0o600'))


def test_locales(base):
    told = []
    for locale in ('C', 'C.UTF-8', 'tr_TR.UTF-8', 'de_DE', 'xx_YY.UTF-8'):
        base.locale = locale
        identifier = base.set('client', f'name=Iğdır Şeker {locale}', 'city=İzmir', 'credit_limit=1234.50', 'payment_days=30')
        client = base.json('show', identifier)
        told.append((client['city'], client['credit_limit'], client['payment_days'], client['kind']))
        equal(len(base.json('search', 'ığdır şeker')), len(told))
        contains(base('list', 'client'), 'Iğdır Şeker')
        missing = base.folder / 'yok-ığ.csv'
        contains(base.run('import', missing, status=1).err, 'yok-ığ.csv')
    equal(set(told), {('İzmir', '1234.50', 30, 'prospect')})


def knows_locale(base, locale):
    return subprocess.run([sys.executable, '-c', 'import locale; locale.setlocale(locale.LC_ALL, "")'],
                          env={**base.environment(), 'LC_ALL': locale}, stderr=subprocess.DEVNULL, check=False).returncode == 0


def test_translation(base):
    # gettext takes C.UTF-8 for a locale without a language, in newer C libraries
    for locale in ('tr_TR.UTF-8', 'de_DE.UTF-8', 'en_US.UTF-8'):
        if knows_locale(base, locale):
            result = base.run('undo', status=1, environment={'LC_ALL': locale, 'LANGUAGE': 'tr'})
            contains(result.err, 'Geri alınacak')
            return
    raise Skip('no locale of a language')


def test_locale_that_is_not_installed(base):
    """Texts, dates and orders are in the language asked for all the same."""
    if knows_locale(base, 'tr_TR.UTF-8') or knows_locale(base, 'tr_XX.UTF-8'):
        raise Skip('the locale is installed')
    locales = {'LC_ALL': '', 'LANG': 'tr_TR.UTF-8'}
    if 'Geri alınacak' not in base.run('undo', status=1, environment=locales).err:
        # gettext takes C.UTF-8 for a locale without a language, in newer C libraries
        equal(knows_locale(base, 'en_US.UTF-8'), False)
        raise Skip('no locale of a language')
    for more in ({'LC_ALL': 'tr_TR.UTF-8'}, {'LC_ALL': '', 'LC_MESSAGES': 'tr_TR.UTF-8', 'LANG': 'en_US.UTF-8'},
                 {'LC_ALL': '', 'LANG': 'en_XX.UTF-8', 'LANGUAGE': 'tr'}, {**locales, 'LANGUAGE': ''}):
        contains(base.run('undo', status=1, environment=more).err, 'Geri alınacak')
    contains(base.run('undo', status=1, environment={'LC_ALL': 'en_XX.UTF-8'}).err, 'to undo')
    for name in ('Iğdır', 'Çınar', 'Cuma', 'İzmir', 'Hatay'):
        base.run('set', 'client', f'name={name}', environment=locales)
    listed = base.run('list', 'client', environment=locales).out
    equal(sorted(('Cuma', 'Çınar', 'Hatay', 'Iğdır', 'İzmir'), key=listed.index), ['Cuma', 'Çınar', 'Hatay', 'Iğdır', 'İzmir'])
    client = base.run('set', 'client', 'name=Bursa', 'credit_limit=1234.5', environment=locales).out.strip()
    contains(base.run('show', client, environment=locales).out, '1.234,50')


def test_outputs_that_end(base):
    base('sample', '--clients', '3000')
    read, write = os.pipe()
    process = subprocess.Popen([PROGRAM, 'list', 'client', '--json'], env=base.environment(), stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    os.read(read, 10)
    os.close(read)
    told = process.communicate(timeout=60)[1]
    equal((process.returncode, told), (0, b''))
    with open('/dev/full', 'wb') as full:
        process = subprocess.run([PROGRAM, 'list', 'client', '--json'], env=base.environment(), stdout=full, stderr=subprocess.PIPE, check=False)
    equal(process.returncode, 1)
    contains(process.stderr.decode(), 'crm: ')


def test_two_writers(base):
    base('list', 'client')
    n = 200

    def write(number):
        return subprocess.Popen(['/bin/sh', '-c', 'i=0; while [ $i -lt "$2" ]; do "$1" set client name="W$3-$i" || exit; i=$((i + 1)); done',
                                 'sh', PROGRAM, str(n), str(number)], env=base.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    writers = [write(1), write(2)]
    for writer in writers:
        told = writer.communicate(timeout=500)[1]
        equal((writer.returncode, told), (0, b''))
    equal(sorted(names(base)), sorted(f'W{w}-{i}' for w in (1, 2) for i in range(n)))
    base('check')


# Databases that cannot be used

def make_newer(base):
    base.set('client', 'name=A')
    base.execute('PRAGMA user_version = 9999', 'PRAGMA journal_mode = DELETE')


def make_newer_at_work(base):
    base.set('client', 'name=A')
    base.execute('PRAGMA user_version = 9999')


def make_truncated(base):
    base('sample', '--clients', '50')
    base.database.write_bytes(base.database.read_bytes()[:20000])


def make_foreign(base):
    base.database.parent.mkdir(0o700, parents=True)
    base.execute('CREATE TABLE other (a)')


def make_text(base):
    base.database.parent.mkdir(0o700, parents=True)
    base.database.write_text('Dear Sir or Madam,\n' * 1000)


def make_empty(base):
    base.database.parent.mkdir(0o700, parents=True)
    base.database.touch()


def make_trigger(base):
    base.set('client', 'name=A')
    base.execute('CREATE TRIGGER t AFTER INSERT ON tag BEGIN DELETE FROM client; END')


def test_unusable_databases(base):
    for make in (make_newer, make_newer_at_work, make_truncated, make_foreign, make_text, make_empty, make_trigger):
        folder = Base(base.folder / make.__name__)
        make(folder)
        content = folder.database.read_bytes()
        listed = sorted(path.name for path in folder.database.parent.iterdir() if path.name != 'crm.db.lock')
        for command in (['list', 'client'], ['set', 'client', 'name=B'], ['check'], ['undo'], ['search', 'a'], ['backup', base.folder / 'x.db'],
                        ['sample'], ['export', 'client', base.folder / 'x.csv']):
            result = folder.run(*command, status=1)
            contains(result.err, str(folder.database))
            equal(folder.database.read_bytes(), content)
        equal(sorted(path.name for path in folder.database.parent.iterdir() if path.name != 'crm.db.lock'), listed)
        assert not (base.folder / 'x.db').exists() and not (base.folder / 'x.csv').exists()


def test_folder_as_database(base):
    base.database.mkdir(parents=True)
    contains(base.run('list', 'client', status=1).err, str(base.database))
    pipe = base.folder / 'pipe'
    os.mkfifo(pipe)
    contains(base.run('set', 'client', 'name=A', '--database', pipe, status=1).err, str(pipe))


def test_backup_is_offered(base):
    base.set('client', 'name=A')
    backups = base.database.parent / 'backups'
    backups.mkdir(0o700)
    backup = backups / 'crm.db-20260102T030405Z-daily.db'
    base('backup', backup)
    base.database.write_bytes(b'x' * 8192)
    for leftover in base.database.parent.glob('crm.db-*'):
        leftover.unlink()
    contains(base.run('list', 'client', status=1).err, f"crm restore '{backup}'")
    base.database.unlink()
    contains(base.run('list', 'client', status=1).err, str(backup))
    assert not base.database.exists(), 'an empty database in the place of a lost one'
    base('restore', backup)
    equal(names(base), ['A'])


sys.exit(main())
