# SPDX-License-Identifier: GPL-3.0-or-later
"""Operates the program as a person would: on a private screen, by keyboard and pointer, seeing what a screen reader sees.

A test is a script with classes of WindowTest, which start the program with self.start() and end with crm_ui.main().
Nothing here sleeps for a fixed time: whatever is asked for is waited for until it is so, or too late.

Environment, set by meson: CRM_PROGRAM, GSETTINGS_SCHEMA_DIR; CRM_UI_PICTURES: a folder for a picture of every failure;
CRM_UI_PLACES: what is to be preloaded for GTK to tell places truly, see places.c.
"""
import contextlib
import ctypes
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
import unittest

LIBC = ctypes.CDLL(None, use_errno=True)
# Of <linux/prctl.h>
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 40 * float(os.environ.get('CRM_UI_PATIENCE', '1'))
# Between two looks: what comes at once is seen at once, what takes long is not kept from its work by being asked
SHORTEST_PAUSE = 0.01
LONGEST_PAUSE = 0.1
# What a program does before it is asked anything further: turns of its main loop; seconds in which it draws more than once
TURNS = 10
FRAMES = 0.04
# So long GTK shows a button as pressed, in seconds, before it acts
PRESS = 0.3
SKIPPED = 77
# How the program is to be tested, not the window manager, the bus and this script
for variable in ('G_DEBUG', 'MALLOC_CHECK_', 'MALLOC_PERTURB_'):
    os.environ.pop(variable, None)
# Not earlier: GLib reads them at once
try:
    import crm_tree
    from crm_tree import Gone, Silent
except (ImportError, ValueError):
    crm_tree = None
NEEDED = ('Xvfb', 'dbus-daemon', 'openbox', 'xdotool', 'xprop')
SURFACES = ('frame', 'window', 'dialog', 'menu')
PLACES = os.environ.get('CRM_UI_PLACES')
MENU_ITEMS = ('menu item', 'check menu item', 'radio menu item')
# What newer accessibility libraries and newer GTK call otherwise than those of Debian 12
CALLED_BEFORE = {'button': 'push button', 'toggle button': 'push button', 'grouping': 'panel'}
# Names that GTK gives by itself: of a class, not for a person
OF_A_CLASS = re.compile(r'^(Gtk|Adw|Crm)[A-Z]\w+$')


class TooLate(AssertionError):
    pass


def until(condition, what, patience=PATIENCE):
    """What condition() returns once it is true."""
    end = time.monotonic() + patience
    pause = SHORTEST_PAUSE
    while True:
        value = None
        # What was asked vanished meanwhile; the next look tells
        with contextlib.suppress(Gone, Silent):
            value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TooLate(f'not within {patience:.0f} s: {what}')
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def call_kernel(option, value):
    if LIBC.prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), 'prctl')


def end_with_parent():
    """For a new process: however this script ends, even killed, that ends too."""
    call_kernel(PR_SET_PDEATHSIG, signal.SIGKILL)


def orphans():
    """Children of this process, among them what the bus has started and left to us."""
    found = []
    for task in os.listdir('/proc/self/task'):
        with open(f'/proc/self/task/{task}/children') as children:
            found += map(int, children.read().split())
    return found


class Desktop:
    """A screen, a session bus with the accessibility bus, a window manager."""

    def __init__(self, size='1600x1000'):
        self.folder = tempfile.mkdtemp(prefix='crm-ui-')
        self.log = open(os.path.join(self.folder, 'desktop.log'), 'wb')
        self.processes = []
        call_kernel(PR_SET_CHILD_SUBREAPER, 1)
        self._start_screen(size)
        self._start_bus()
        self._start_manager()
        self.bus = crm_tree.Bus()

    def _spawn(self, *command, **options):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                   start_new_session=True, preexec_fn=end_with_parent, **options)
        self.processes.append(process)
        return process

    def _start_screen(self, size):
        read, write = os.pipe()
        # It would begin anew, and lose who just comes, whenever the last one who looks for a window manager leaves
        self._spawn('Xvfb', '-displayfd', str(write), '-screen', '0', size + 'x24', '-nolisten', 'tcp', '-noreset', pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            display = pipe.readline().strip()
        if not display:
            raise RuntimeError('Xvfb did not start')
        os.environ['DISPLAY'] = ':' + display

    def _start_bus(self):
        read, write = os.pipe()
        runtime = os.path.join(self.folder, 'runtime')
        os.mkdir(runtime, 0o700)
        os.environ.update(XDG_RUNTIME_DIR=runtime, GTK_A11Y='atspi', GDK_BACKEND='x11', NO_AT_BRIDGE='0')
        self._spawn('dbus-daemon', '--session', '--nofork', f'--print-address={write}', pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            os.environ['DBUS_SESSION_BUS_ADDRESS'] = pipe.readline().strip()

    def _start_manager(self):
        """On a busy machine it may give up waiting for the bus."""
        for attempt in range(3):
            manager = self._spawn('openbox', '--sm-disable')
            with contextlib.suppress(TooLate):
                until(self._is_managed, 'a window manager', PATIENCE / 2)
                return
            manager.kill()
        with open(self.log.name, errors='replace') as log:
            raise TooLate('no window manager:\n' + log.read())

    @staticmethod
    def _is_managed():
        found = subprocess.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'], capture_output=True, text=True)
        return 'window id' in found.stdout

    @staticmethod
    def _end_orphans():
        """The accessibility bus is not a child of the bus that starts it, and may outlive that."""
        with contextlib.suppress(FileNotFoundError, ChildProcessError):
            while left := orphans():
                for process in left:
                    os.kill(process, signal.SIGKILL)
                os.wait()

    def photograph(self, path):
        if shutil.which('import'):
            subprocess.run(['import', '-window', 'root', path], check=False)

    def close(self):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            process.wait()
        self._end_orphans()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Node:
    """One element as a screen reader sees it: as it was in a look at everything, or, without one, as it is when it is asked."""

    def __init__(self, program, path, look=None, surface=None):
        self.program = program
        self.path = path
        self.look = look
        self._surface = surface

    @property
    def now(self):
        return Node(self.program, self.path, surface=self._surface)

    @property
    def seen(self):
        return self.look.seen[self.path] if self.look else self.program.tree.see_one(self.path)

    @property
    def name(self):
        seen = self.seen
        name = seen.name
        if OF_A_CLASS.match(name):
            return ''
        if not name and seen.role in MENU_ITEMS:
            return self._label()
        # GTK 4.8 calls a button by its mnemonic and again by its label: "_Undo Undo"
        for i, letter in enumerate(name):
            if letter == ' ' and name[:i].replace('_', '') == name[i + 1:]:
                return name[i + 1:]
        return name

    def _label(self):
        """What it is labelled by: with GTK 4.18 a screen reader has no other name for what is in a menu."""
        return ' '.join(Node(self.program, path).text for path in self.program.tree.labels_of(self.path))

    @property
    def role(self):
        role = self.seen.role
        return CALLED_BEFORE.get(role, role)

    @property
    def description(self):
        return self.seen.description

    @property
    def attributes(self):
        return self.program.tree.attributes(self.path)

    @property
    def text(self):
        if self.look:
            return self.look.text(self.path)
        return self.program.tree.texts([self.path])[self.path]

    def has(self, *states):
        seen = self.seen
        return all(seen.has(state) for state in states)

    @property
    def extents(self):
        return self.program.tree.extents(self.path)

    @property
    def shows(self):
        """Is it seen, or covered by something, folded away, scrolled out?

        GTK 4.8 calls all of that visible, so it is asked what is there. That is known for certain of labels alone: of what lies in
        the middle of a control, as the picture of a button, GTK may know nothing. Newer GTK does not look at what is hidden when it
        is asked that, but gives a size only to what is on the screen.
        """
        x, y, width, height = self.extents
        if width <= 0 or height <= 0 or x + width <= 0 or y + height <= 0:
            return False
        if PLACES:
            return self.is_within_view()
        if not self.has('sensitive'):
            return True
        found = self.program.tree.at_point(self.surface.path, x + width // 2, y + height // 2)
        if found is None:
            return self.role != 'label'
        return self.is_in(found) or Node(self.program, found, self.look).is_in(self.path)

    def is_within_view(self):
        """Is its middle inside its window and all that scrolls, or any of it where there is no room for all?"""
        def is_inside(start, length, first, room):
            middle = start + length // 2
            return first <= middle < first + room if length <= room else start < first + room and first < start + length
        x, y, width, height = self.extents
        node = self
        while node.role not in SURFACES and node.parent is not None:
            node = node.parent
            if node.role in SURFACES or node.role == 'scroll pane':
                left, top, room, height_of_room = node.extents
                if not (is_inside(x, width, left, room) and is_inside(y, height, top, height_of_room)):
                    return False
        return True

    def is_in(self, path):
        node = self
        while node is not None and node.path != path:
            node = node.parent
        return node is not None

    @property
    def parent(self):
        path = self.look.parents.get(self.path) if self.look else None
        # What came after the look, or only is in the tree from below, is not in it
        path = path or self.program.tree.parent_of(self.path)
        return None if path is None else Node(self.program, path, self.look)

    @property
    def surface(self):
        """What its extents are measured in: its window, or the popover it is in."""
        if self._surface is None:
            node = self
            while node.role not in SURFACES and node.parent is not None and node.parent.role != 'application':
                node = node.parent
            # Where it is may change, not what it is in
            self._surface = node.path
        return Node(self.program, self._surface, self.look)

    def children(self):
        paths = self.look.children.get(self.path, []) if self.look else self.program.tree.children_of(self.path)
        return [Node(self.program, path, self.look) for path in paths if not self.look or path in self.look.seen]

    def walk(self):
        """This and all below it that shows, as it is now or was in the look that this is of."""
        look = self.look or crm_tree.Look(self.program.tree)
        return [Node(self.program, path, look) for path in look.below(self.path)] if self.path in look.seen else []

    def press(self):
        """Its own action, as a screen reader runs it."""
        self.program.await_pressed()
        pressed = self.program.tree.act(self.path, ('click', 'clicked', 'activate', 'toggle', 'press'))
        self.program.pressed_until = time.monotonic() + PRESS if pressed else 0
        return pressed

    def __repr__(self):
        return f'{self.role} {self.name or self.text!r}'


class Program:
    """The running program with its windows."""

    def __init__(self, desktop, arguments=(), environment=None):
        self.desktop = desktop
        self.log = tempfile.NamedTemporaryFile(prefix='crm-log-', dir=desktop.folder, delete=False)
        # Out of the way: a window that opens under the pointer shows a tooltip, and GTK 4.8 then warns of a place it does not know yet
        self._xdo('mousemove', 0, 0)
        places = {'LD_PRELOAD': PLACES} if PLACES else {}
        self.process = subprocess.Popen([os.environ['CRM_PROGRAM'], *arguments], stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=self.log, preexec_fn=end_with_parent,
                                        env={**os.environ, 'G_DEBUG': 'fatal-warnings', **places, **(environment or {})})
        self.pressed_until = 0
        self.tree = crm_tree.Tree(desktop.bus, until(self._find_root, 'a window of the program'))
        self.root = Node(self, self.tree.root)

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode} before it had a window:\n{self.output()}')
        places = [place for process, place in self.desktop.bus.applications() if process == self.process.pid]
        return next((place for place in places if crm_tree.Tree(self.desktop.bus, place).children_of(place[1])), None)

    def output(self):
        with open(self.log.name, errors='replace') as log:
            return log.read()

    def windows(self):
        return [window for window in self.root.children() if window.has('showing') or window.has('visible')]

    # Looking

    def all(self, name=None, role=None, within=None, **states):
        """All that shows of this name (or text) and role, as it was seen. A pattern is matched anywhere."""
        found = [node for node in (within.now if within else self.root).walk() if node.role == role or role is None and node.role != 'application']
        if name is not None:
            # Of all at once
            if found:
                found[0].look.read_texts([node.path for node in found if not self._matches(name, node.name)])
            found = [node for node in found if self._matches(name, node.name) or self._matches(name, node.text)]
        return [node for node in found if self._shows(node) and all(node.has(k) == v for k, v in states.items())]

    @staticmethod
    def _matches(name, text):
        return bool(name.search(text)) if isinstance(name, re.Pattern) else name == text

    @staticmethod
    def _shows(node):
        with contextlib.suppress(Gone):
            return node.shows
        return False

    def find(self, name=None, role=None, within=None, **states):
        found = self.all(name, role, within, **states)
        # Of a control and the label inside it the control is meant
        found.sort(key=lambda node: node.role in ('label', 'image', 'icon'))
        return found[0].now if found else None

    def get(self, name=None, role=None, within=None, **states):
        """The element, waited for."""
        return until(lambda: self.find(name, role, within, **states), f'{role or "an element"} {name!r} that shows {states or ""}')

    def row(self, name):
        """The row of a list for a record: it is called by the name and what else it shows, parted by commas."""
        return self.get(self._of_row(name), role='list item')

    def wait_row_gone(self, name):
        self.wait_gone(self._of_row(name), role='list item')

    @staticmethod
    def _of_row(name):
        return re.compile('^' + re.escape(name) + '(,|$)')

    def wait_gone(self, name=None, role=None):
        until(lambda: self.find(name, role) is None, f'{role or "element"} {name!r} to be gone')

    def focused(self):
        # The windows of one look
        windows = [node for node in self.root.walk() if node.parent is not None and node.parent.path == self.root.path]
        found = [node for window in windows if window.has('active') for node in window.walk() if node.has('focused')]
        return found[-1].now if found else None

    # Operating

    def click(self, name=None, role=None, within=None):
        node = self.get(name, role, within)
        target = node
        while target.role in ('label', 'image', 'icon') and target.parent is not None:
            target = target.parent
        until(lambda: target.has('sensitive'), f'{target} to be usable')
        if not target.press():
            self.point(node)
        return node

    def point(self, node, button=1, double=False):
        """With the pointer, in the middle of the element, once that stays where it is."""
        self.await_pressed()
        x, y, width, height = until(lambda: self._resting_place(node), f'{node} to come to rest')
        inner_left, inner_top, _, _ = node.surface.extents
        left, top = self._origin(node)
        self._xdo('mousemove', left + x - inner_left + width // 2, top + y - inner_top + height // 2)
        self._xdo('click', *(('--repeat', 2, '--delay', 60) if double else ()), button)
        self._settle()

    @staticmethod
    def _resting_place(node):
        place = node.extents
        time.sleep(FRAMES)
        return place if node.extents == place else None

    def await_pressed(self):
        """Until what was pressed by its own action has acted: what is done earlier would come before it."""
        time.sleep(max(0, self.pressed_until - time.monotonic()))

    def type(self, text):
        self.await_pressed()
        self._xdo('type', '--delay', 10, text)
        self._settle()

    def key(self, *keys):
        self.await_pressed()
        self._xdo('key', *keys)
        self._settle()

    def _settle(self):
        """Lets the program take what it was sent, one event at each turn: a popover that Escape closes is not to be found any more."""
        with contextlib.suppress(Gone, Silent):
            for _ in range(TURNS):
                self.tree.turn()

    def resize(self, width, height):
        """Asks again until the window is so wide: a narrower face may have to come before the narrowest."""
        window = self._x_window()

        def is_there():
            self._xdo('windowsize', window, width, height)
            return abs(self._geometry(window)[2] - width) <= 2
        until(is_there, f'the window at {width} pixels')

    def quit(self):
        if self.process.poll() is None:
            self.key('ctrl+q')
        self.await_end()

    def await_end(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
            raise TooLate('the program did not end')
        if self.process.returncode not in (0, -signal.SIGTERM, -signal.SIGKILL):
            raise AssertionError(f'the program ended with {self.process.returncode}:\n{self.output()}')

    def kill(self):
        self.process.kill()
        self.process.wait()

    # The screen

    @staticmethod
    def _xdo(*arguments):
        return subprocess.run(['xdotool', *map(str, arguments)], check=True, capture_output=True, text=True).stdout

    def _geometry(self, window):
        lines = self._xdo('getwindowgeometry', '--shell', window).split()
        values = dict(line.split('=', 1) for line in lines)
        return int(values['X']), int(values['Y']), int(values['WIDTH']), int(values['HEIGHT'])

    def _x_windows(self):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)], capture_output=True, text=True)
        return found.stdout.split()

    def _x_window(self):
        return max(self._x_windows(), key=lambda window: self._geometry(window)[2] * self._geometry(window)[3])

    def _origin(self, node):
        """Where the window of the element begins: it stands in the middle of an X window that is as large or larger."""
        _, _, width, height = node.surface.extents
        fits = []
        for window in self._x_windows():
            x, y, outer_width, outer_height = self._geometry(window)
            more = outer_width - width, outer_height - height
            if min(more) >= 0:
                fits.append((sum(more), x + more[0] // 2, y + more[1] // 2))
        return min(fits)[1:]


class WindowTest(unittest.TestCase):
    """Starts the program on one desktop for all tests of a script, with a home of its own for each test."""

    desktop = None
    # That shows at the start
    page = 'clients'

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix='home-', dir=self.desktop.folder)
        self.environment = {
            'HOME': self.home,
            'XDG_DATA_HOME': os.path.join(self.home, 'data'),
            'XDG_CONFIG_HOME': os.path.join(self.home, 'config'),
            'XDG_CACHE_HOME': os.path.join(self.home, 'cache'),
            # Settings that outlive the program, without a service
            'GSETTINGS_BACKEND': 'keyfile',
            'GSK_RENDERER': 'cairo',
        }
        self.program = None
        settings = os.path.join(self.home, 'config', 'glib-2.0', 'settings')
        os.makedirs(settings)
        with open(os.path.join(settings, 'keyfile'), 'w') as keyfile:
            keyfile.write(f"[com/example/Crm]\npage='{self.page}'\n")

    def start(self, *arguments, **environment):
        self.program = Program(self.desktop, arguments, {**self.environment, **environment})
        return self.program

    def command(self, *arguments):
        """The program as a command, beside the window or without one."""
        done = subprocess.run([os.environ['CRM_PROGRAM'], *arguments], env={**os.environ, **self.environment},
                              capture_output=True, text=True, timeout=PATIENCE * 6)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    @property
    def database(self):
        return os.path.join(self.home, 'data', 'crm', 'crm.db')

    def assert_private(self):
        """What is beside the base is for its owner alone, and nothing of it can be run. Returns what there is."""
        folder = os.path.dirname(self.database)
        found = [folder] + [os.path.join(inner, name) for inner, folders, files in os.walk(folder) for name in folders + files]
        for path in found:
            # What SQLite keeps beside a base comes and goes
            with contextlib.suppress(FileNotFoundError):
                mode = os.lstat(path).st_mode
                self.assertEqual((path, oct(mode & 0o7777)), (path, '0o700' if stat.S_ISDIR(mode) else '0o600'))
        return found

    @contextlib.contextmanager
    def write_lock(self):
        """As another program holds it that writes for long."""
        with contextlib.closing(sqlite3.connect(self.database, isolation_level=None)) as other:
            other.execute('BEGIN IMMEDIATE')
            yield
            other.execute('ROLLBACK')

    def tearDown(self):
        failed = any(error for _, error in getattr(self._outcome, 'errors', [])) or \
            any(test is self for test, _ in self._result_failures())
        if self.program is None:
            return
        if failed:
            self._report()
        if self.program.process.poll() is None:
            self.program.kill()
        elif self.program.process.returncode not in (0, -signal.SIGKILL, -signal.SIGTERM):
            self.fail(f'the program ended with {self.program.process.returncode}:\n{self.program.output()}')

    def _result_failures(self):
        result = getattr(self._outcome, 'result', None)
        return [] if result is None else result.failures + result.errors

    def _report(self):
        print(self.program.output(), file=sys.stderr)
        with contextlib.suppress(Gone, Silent):
            for window in self.program.windows():
                for node in window.walk():
                    if node.name or node.text:
                        print('   ', node, node.extents, file=sys.stderr)
        folder = os.environ.get('CRM_UI_PICTURES')
        if folder:
            os.makedirs(folder, exist_ok=True)
            self.desktop.photograph(os.path.join(folder, self.id().replace('__main__.', '') + '.png'))


def missing():
    lacking = [tool for tool in NEEDED if not shutil.which(tool)]
    if crm_tree is None:
        lacking.append('python3-gi with Atspi 2.0')
    return lacking


def main():
    lacking = missing()
    if lacking:
        print('SKIPPED: a window cannot be tested here without ' + ', '.join(lacking))
        sys.exit(SKIPPED)
    # Where the system says something else than the person who tests
    os.environ.update(LC_ALL=os.environ.get('CRM_UI_LOCALE', 'C.UTF-8'), LANGUAGE='')
    # So that one who ends this script ends its desktop too
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    WindowTest.desktop = Desktop()
    try:
        # Deprecated are the names of calls that Debian 12 knows
        outcome = unittest.main(module='__main__', verbosity=2, exit=False, warnings='ignore')
    finally:
        WindowTest.desktop.close()
    sys.exit(0 if outcome.result.wasSuccessful() else 1)
