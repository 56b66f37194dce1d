# SPDX-License-Identifier: GPL-3.0-or-later
# What run and test share; to be sourced. Sets $root, the source folder.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# The packages of some sections of a dependency list
packages_of() { # FILE SECTION…
  local file=$1 section='' line
  shift
  while read -r line; do
    case $line in
      '' | '#'*) ;;
      '['*']') section=${line:1:-1} ;;
      *) [[ " $* " != *" $section "* ]] || printf '%s\n' "$line" ;;
    esac
  done < "$file"
}

missing_on_debian() {
  local package
  for package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

missing_by() { # COMMAND… -- PACKAGE…
  local query=() package
  while [[ $1 != -- ]]; do
    query+=("$1")
    shift
  done
  shift
  for package; do
    "${query[@]}" "$package" > /dev/null 2>&1 || printf '%s\n' "$package"
  done
}

please_install() { # COMMAND PACKAGE…
  die "These packages are missing; install them as root, then start again:
  $*"
}

install_on_debian() { # PACKAGE…
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo > /dev/null || please_install 'apt-get install --no-install-recommends' "$@"
    as_root=(sudo)
  fi
  say "Installing: $*"
  "${as_root[@]}" apt-get update -qq || say 'The package lists could not be updated; going on with those at hand.'
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null ||
    die 'The packages could not be installed.'
}

# Sees to it that the packages of these sections are there, or says which are not and leaves
need_packages() { # SECTION…
  local ids='' family wanted=() missing=() lists=$root/build-aux/dependencies
  [[ ! -r /etc/os-release ]] || ids=$(. /etc/os-release && echo "${ID:-} ${ID_LIKE:-}")

  for family in $ids; do
    case $family in
      debian | ubuntu)
        mapfile -t wanted < <(packages_of "$lists/debian.txt" "$@")
        mapfile -t missing < <(missing_on_debian "${wanted[@]}")
        ((${#missing[@]} == 0)) || install_on_debian "${missing[@]}"
        return ;;
      fedora | rhel)
        mapfile -t wanted < <(packages_of "$lists/fedora.txt" "$@")
        mapfile -t missing < <(missing_by rpm -q --whatprovides -- "${wanted[@]}")
        ((${#missing[@]} == 0)) || please_install "dnf install" "${missing[@]}"
        return ;;
      arch)
        mapfile -t wanted < <(packages_of "$lists/arch.txt" "$@")
        mapfile -t missing < <(missing_by pacman -Q -- "${wanted[@]}")
        ((${#missing[@]} == 0)) || please_install "pacman -S --needed" "${missing[@]}"
        return ;;
      suse | opensuse*)
        mapfile -t wanted < <(packages_of "$lists/opensuse.txt" "$@")
        mapfile -t missing < <(missing_by rpm -q --whatprovides -- "${wanted[@]}")
        ((${#missing[@]} == 0)) || please_install "zypper install" "${missing[@]}"
        return ;;
    esac
  done

  mapfile -t missing < <(missing_by pkg-config --exists -- 'glib-2.0 >= 2.74' 'gtk4 >= 4.8' 'libadwaita-1 >= 1.2' \
                                    'sqlite3 >= 3.40' 'json-glib-1.0 >= 1.6' 'gmime-3.0 >= 3.2.13' icu-i18n
                         missing_by command -v -- gcc meson ninja msgfmt xmllint appstreamcli)
  ((${#missing[@]} == 0)) || die "This script does not know this system. Missing:
$(printf '  %s\n' "${missing[@]}")
and perhaps libcsv. On Debian these packages bring all of it:
  $(packages_of "$lists/debian.txt" "$@" | xargs)"
}

# Locales of glibc in a folder for LOCPATH, since a machine need not have them
make_locales() { # FOLDER NAME…
  local folder=$1 name
  shift
  mkdir -p "$folder"
  for name; do
    [[ -d $folder/$name.UTF-8 ]] || localedef -i "$name" -f UTF-8 "$folder/$name.UTF-8" || return 1
  done
}

has_display() { [[ -n ${WAYLAND_DISPLAY:-} || -n ${DISPLAY:-} ]]; }
