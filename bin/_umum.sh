# Shared by every script in bin/: sourced, never run. POSIX sh; works in dash, bash and macOS' sh.
# Words that a person reads are Indonesian; no package index is named anywhere, pip and apt use the machine's own.

cd "$(dirname "$0")/.." || exit 1
AKAR=$(pwd)
VENV=${VENV:-$AKAR/.venv}
PY=$VENV/bin/python
export PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1

kabar() { printf '==> %s\n' "$*" >&2; }
gagal() { printf '\nGAGAL: %s\n' "$*" >&2; exit 1; }

# The machine's own Python, newest known first; PYTHON=... chooses another.
cari_python() {
    for calon in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        command -v "$calon" >/dev/null 2>&1 || continue
        if "$calon" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$calon"
            return 0
        fi
    done
    return 1
}

# pasang_debian PACKAGE...: install what is missing, or say the exact line to type. Nothing to do off Debian.
pasang_debian() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    kurang=
    for paket in "$@"; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$paket" 2>/dev/null) in
            installed) ;;
            *) kurang="$kurang $paket" ;;
        esac
    done
    [ -n "$kurang" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        kabar "Memasang paket sistem:$kurang"
        catatan=$(mktemp)
        # shellcheck disable=SC2086  # the list is words on purpose
        if ! { DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $kurang ||
            { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $kurang; }
        } >"$catatan" 2>&1 </dev/null; then
            tail -n 15 "$catatan" >&2
            rm -f "$catatan"
            gagal "paket sistem tidak dapat dipasang. Coba sendiri: apt-get install -y --no-install-recommends$kurang"
        fi
        rm -f "$catatan"
        return 0
    fi
    printf '\nAda paket sistem yang belum terpasang. Ketik baris ini, lalu ulangi perintah tadi:\n\n' >&2
    printf '    sudo apt-get install -y --no-install-recommends%s\n\n' "$kurang" >&2
    exit 1
}

venv_baik() { [ -x "$PY" ] && "$PY" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Debian packages that making .venv still needs: none where it is made, or where Python was built by hand.
paket_python() {
    if venv_baik; then
        return 0
    elif ! PYTHON_MESIN=$(cari_python); then
        echo "python3 python3-venv"
    elif ! "$PYTHON_MESIN" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "python3-venv"
    fi
}

siapkan_venv() {
    venv_baik && return 0
    PYTHON_MESIN=$(cari_python) ||
        gagal "perlu Python 3.11 atau lebih baru. Pasang dahulu, atau tunjuk dengan PYTHON=/jalur/python3."
    "$PYTHON_MESIN" -c 'import venv, ensurepip' 2>/dev/null ||
        gagal "$PYTHON_MESIN tidak memiliki modul venv. Di Debian/Ubuntu: sudo apt-get install -y python3-venv"
    kabar "Membuat lingkungan Python di $VENV"
    rm -rf "$VENV"
    "$PYTHON_MESIN" -m venv "$VENV" || gagal "lingkungan Python tidak dapat dibuat di $VENV."
}

terpasang() { [ "$(cat "$VENV/.terpasang-$1" 2>/dev/null)" = "$(cksum <"requirements/$1.txt")" ]; }

# pasang_kunci NAME: install requirements/NAME.txt, by hash, only when that lock changed since the last time.
# `dev` holds everything that `tertanam` holds, so one of both is enough.
pasang_kunci() {
    if terpasang "$1" || terpasang dev; then
        return 0
    fi
    kabar "Memasang pustaka dari requirements/$1.txt (hanya kali ini, biasanya di bawah satu menit) ..."
    # The lock is complete, so pip need not resolve again; byte code is made at first use, off the waiting time.
    "$VENV/bin/pip" install -qq --no-deps --no-compile --require-hashes -r "requirements/$1.txt" ||
        gagal "pustaka tidak dapat dipasang. Periksa sambungan ke indeks paket mesin ini, lalu ulangi."
    "$VENV/bin/pip" check >/dev/null || gagal "pustaka yang terpasang tidak saling cocok; hapus $VENV lalu ulangi."
    cksum <"requirements/$1.txt" >"$VENV/.terpasang-$1"
}

periksa_pencetak() {
    "$PY" -c 'import weasyprint' 2>/dev/null && return 0
    case $(uname -s) in
        Darwin) gagal "WeasyPrint memerlukan Pango. Ketik: brew install pango" ;;
        *) gagal "WeasyPrint memerlukan Pango dan HarfBuzz (subset); pasang lewat pengelola paket mesin ini, lalu ulangi." ;;
    esac
}
