#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents on the card: shown, found, opened by other programs, renamed, dragged, moved to the trash; and all of it taken back."""
import base64
import os
import pathlib
import re
import struct
import zlib

import crm_records
import crm_ui
from crm_ui import until

VIEWER = '''#!/bin/sh
stat -c '%a %n' "$1" > "$HOME/opening"
cat "$1" >> "$HOME/opening"
mv "$HOME/opening" "$HOME/opened"
'''


# A picture of one pixel
PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='


def make_png(width, height):
    """Says that it is so large, and has a single row."""
    def chunk(name, content):
        return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))

    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(bytes(1 + 3 * width))) + chunk(b'IEND', b''))


class Documents(crm_records.RecordsTest):

    def setUp(self):
        super().setUp()
        self.client = self.command('set', 'client', 'name=Kuzey Nakliyat').strip()

    def attach(self, name, content=b'content', *options):
        path = pathlib.Path(self.home, name)
        path.write_bytes(content)
        return self.command('attach', self.client, str(path), *options).strip()

    def install_viewer(self, *types):
        viewer = pathlib.Path(self.home, 'viewer')
        viewer.write_text(VIEWER)
        viewer.chmod(0o755)
        applications = pathlib.Path(self.home, 'data', 'applications')
        applications.mkdir(parents=True)
        (applications / 'viewer.desktop').write_text(f'[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %f\n'
                                                     f'MimeType={";".join(types)};\n')
        config = pathlib.Path(self.home, 'config')
        config.mkdir(exist_ok=True)
        (config / 'mimeapps.list').write_text('[Default Applications]\n' + ''.join(f'{kind}=viewer.desktop\n' for kind in types))

    def opened(self):
        path = pathlib.Path(self.home, 'opened')
        return path.read_text() if path.exists() else None

    def await_opened(self):
        head, content = until(self.opened, 'the viewer').split('\n', 1)
        mode, path = head.split(' ', 1)
        return mode, pathlib.Path(path), content

    def open_card(self, **environment):
        program = self.start(**environment)
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        until(lambda: program.get('Name', role='text').text == 'Kuzey Nakliyat', 'the card')
        program.key('ctrl+Page_Down')
        while program.find(re.compile('^(No Documents|[0-9]+ documents?)$')) is None:
            program.key('ctrl+Page_Down')
        return program

    def document(self, name):
        return self.program.get(re.compile('^' + re.escape(name) + ', '), role='list item')

    def test_shown_and_followed(self):
        program = self.open_card()
        program.get('No Documents')
        self.attach('teklif.txt')
        self.document('teklif.txt')
        program.get('1 document')
        self.attach('resim.png', b'\x89PNG\r\n\x1a\n', '--picture')
        self.assertIn('Logo', self.document('resim.png').name)
        self.command('undo')
        program.wait_gone(re.compile('^resim'))
        program.get('1 document')

    def test_opened_as_a_copy(self):
        self.install_viewer('text/plain')
        self.attach('teklif.txt', b'an offer')
        program = self.open_card()
        program.point(self.document('teklif.txt'))
        mode, path, content = self.await_opened()
        self.assertEqual((mode, path.name, content), ('400', 'teklif.txt', 'an offer'))
        self.assertEqual(path.parent.stat().st_mode & 0o777, 0o700)
        self.assertTrue(path.is_relative_to(pathlib.Path(self.home, 'cache')))
        program.quit()
        self.assertFalse(path.exists())

    def test_copy_goes_with_the_person(self):
        self.install_viewer('text/plain')
        person = self.command('set', 'person', 'name=Ali Demir').strip()
        paper = pathlib.Path(self.home, 'mektup.txt')
        paper.write_text('wexumal')
        self.command('attach', person, str(paper))
        program = self.start()
        program.key('ctrl+3')
        program.click(re.compile('^Ali Demir'), role='list item')
        until(lambda: program.get('Name', role='text').text == 'Ali Demir', 'the card')
        while program.find('1 document') is None:
            program.key('ctrl+Page_Down')
        program.point(self.document('mektup.txt'))
        path = self.await_opened()[1]
        self.assertTrue(path.exists())
        program.click('More for this person')
        program.click('Erase for Good…')
        program.get('Documents: 1')
        program.click('Continue', role='push button')
        name = program.get('The name of the person', role='text')
        program.point(name)
        program.type('Ali Demir')
        until(lambda: name.text == 'Ali Demir', 'the name')
        program.key('Return')
        program.get('The Person Is Erased')
        self.assertFalse(path.exists())
        self.assertEqual([content for content in pathlib.Path(self.database).parent.glob('documents/*/*')], [])

    def test_asks_before_what_can_run(self):
        self.install_viewer('text/plain', 'application/x-shellscript', 'text/html')
        self.attach('kur.txt', b'#!/bin/sh\necho\n')
        program = self.open_card()
        program.point(self.document('kur.txt'))
        program.get('Open “kur.txt”?')
        program.key('Return')
        program.wait_gone('Open “kur.txt”?')
        self.assertIsNone(self.opened())
        program.point(self.document('kur.txt'))
        program.click('Open Anyway')
        self.assertEqual(self.await_opened()[1].name, 'kur.txt')

    def test_altered_is_told(self):
        self.attach('teklif.txt', b'an offer')
        for path in pathlib.Path(self.home, 'data', 'crm', 'documents').glob('*/*'):
            path.write_bytes(b'forged')
        program = self.open_card()
        program.point(self.document('teklif.txt'))
        program.get(re.compile('is not what it was when it was kept'))

    def test_renamed_in_place(self):
        self.attach('teklif.txt')
        program = self.open_card()
        self.focus(self.document('teklif.txt'))
        program.key('F2')
        until(lambda: program.get('Name of the document', role='text').has('focused'), 'the entry')
        program.type('anlasma')
        until(lambda: program.get('Name of the document', role='text').text == 'anlasma.txt', 'the new name')
        program.key('Return')
        self.await_query('SELECT name FROM document', [('anlasma.txt',)])
        self.document('anlasma.txt')
        program.key('F2')
        program.get('Name of the document', role='text')
        program.type('x')
        program.key('Escape')
        self.document('anlasma.txt')
        program.key('ctrl+z')
        self.document('teklif.txt')

    def focus(self, node):
        """Nothing is opened by that, as it would be by the pointer."""
        for _ in range(40):
            focused = self.program.focused()
            if focused is not None and focused.name == node.name:
                return
            self.program.key('Tab')
        self.fail(f'the Tab key never comes to {node}')

    def test_deleted_and_taken_back(self):
        self.attach('bir.txt', b'1')
        self.attach('iki.txt', b'2')
        program = self.open_card()
        self.focus(self.document('iki.txt'))
        program.key('Delete')
        program.get('Document moved to the trash')
        program.get('1 document')
        until(lambda: program.focused() is not None and program.focused().name.startswith('bir.txt'), 'the focus on the next')
        program.key('ctrl+z')
        program.get('2 documents')

    def test_menu(self):
        self.attach('teklif.txt')
        program = self.open_card()
        program.click('More for “teklif.txt”')
        until(lambda: [node for node in program.root.walk() if node.name == 'Save a Copy…'], 'the menu')
        program.key('Escape')
        self.focus(self.document('teklif.txt'))
        program.key('shift+F10')
        until(lambda: [node for node in program.root.walk() if node.name == 'Rename'], 'the menu by the keyboard')

    def test_found_by_name(self):
        self.attach('Çerçeve sözleşmesi.pdf', b'%PDF-1.4')
        program = self.start()
        program.get('1 client')
        program.key('ctrl+k')
        program.type('cerceve')
        program.get(re.compile('^Çerçeve sözleşmesi.pdf, Kuzey Nakliyat'))
        program.key('Return')
        self.document('Çerçeve sözleşmesi.pdf')

    def drag(self, node, to):
        program = self.program
        xdo = program._xdo
        for i, target in enumerate((node, to)):
            x, y, width, height = target.extents
            inner_left, inner_top, _, _ = target.surface.extents
            left, top = program._origin(target)
            place = left + x - inner_left + min(width // 2, 100), top + y - inner_top + height // 2
            if i == 1:
                # Slowly: the drag begins in the program, and those below the pointer are asked, one motion after another
                for _ in range(4):
                    xdo('mousemove_relative', 0, 8)
                    crm_ui.time.sleep(0.1)
            xdo('mousemove', *place)
            if i == 0:
                xdo('mousedown', 1)
            crm_ui.time.sleep(0.3)
        for _ in range(4):
            xdo('mousemove_relative', 2, 2)
            crm_ui.time.sleep(0.2)
        xdo('mouseup', 1)

    def test_dragged_from_one_card_to_another(self):
        """Out of the program and into it: another program would get the same file."""
        self.attach('teklif.txt', b'an offer')
        program = self.open_card()
        self.drag(self.document('teklif.txt'), program.get('1 document'))
        program.get('“teklif.txt” is there already')
        self.assertEqual(self.query('SELECT count (*) FROM document'), [(1,)])

    def test_dropped_on_the_name(self):
        """A picture is the logo then."""
        picture = pathlib.Path(self.home, 'marka.png')
        picture.write_bytes(base64.b64decode(PIXEL))
        self.command('attach', self.client, str(picture))
        program = self.open_card()
        self.drag(self.document('marka.png'), program.get('Kuzey Nakliyat', role='label'))
        self.await_query("SELECT count (*) FROM document WHERE kind = 'logo' AND hash = (SELECT logo FROM client)", [(1,)])
        program.key('ctrl+z')
        self.await_query('SELECT logo FROM client', [(None,)])

    def test_picture_of_absurd_size(self):
        """A few bytes that say they are 60,000 × 60,000 pixels: refused as a logo; where one is there already, the card shows the initials."""
        path = pathlib.Path(self.home, 'dev.png')
        path.write_bytes(make_png(60000, 60000))
        self.command('attach', self.client, str(path))
        program = self.open_card()
        self.drag(self.document('dev.png'), program.get('Kuzey Nakliyat', role='label'))
        program.get(re.compile('“dev.png” is too large for a picture on a card'))
        self.assertEqual(self.query("SELECT count (*) FROM document WHERE kind = 'logo'"), [(0,)])
        # As an older version may have kept it
        self.command('set', 'document', str(self.query('SELECT id FROM document')[0][0]), 'kind=logo')
        until(lambda: 'Logo' in ' '.join(node.name for node in program.all(re.compile('^dev.png, '))), 'the logo')
        with open(f'/proc/{program.process.pid}/status') as status:
            peak = int(re.search(r'VmHWM:\s+(\d+) kB', status.read()).group(1))
        self.assertLess(peak, 1000 * 1024)
        program.quit()

    def test_card_is_imported_wherever_it_is_dropped(self):
        self.attach('kişiler.vcf', b'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Deniz Arslan\r\nEND:VCARD\r\n')
        program = self.open_card()
        self.drag(self.document('kişiler.vcf'), program.get('1 document'))
        until(lambda: len(program.windows()) > 1, 'the import')
        self.assertEqual(self.query('SELECT count (*) FROM document'), [(1,)])

    def test_mail_is_logged_wherever_it_is_dropped(self):
        self.attach('mektup.eml', b'From: ali@yeni.example\nTo: ben@bizim.example\nSubject: Teklif\nMessage-ID: <1@yeni.example>\n\nMerhaba\n')
        program = self.open_card()
        self.drag(self.document('mektup.eml'), program.get('1 document'))
        self.await_query('SELECT i.subject, c.name FROM interaction i JOIN client c ON c.id = i.client', [('Teklif', 'Kuzey Nakliyat')])
        self.assertEqual(self.query('SELECT count (*) FROM document'), [(1,)])

    def test_many(self):
        for i in range(130):
            pathlib.Path(self.home, f'belge {i:03}.txt').write_text(str(i))
        self.command('attach', self.client, *[os.path.join(self.home, f'belge {i:03}.txt') for i in range(130)])
        program = self.open_card()
        program.get('130 documents')
        self.document('belge 129.txt')
        program.key('ctrl+z')
        program.get('No Documents')
        program.key('ctrl+shift+z')
        program.get('130 documents')


if __name__ == '__main__':
    crm_ui.main()
