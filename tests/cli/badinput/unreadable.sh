# SPDX-License-Identifier: GPL-2.0-or-later
# A file and a folder that may not be read. For root everything may be: then another user tries.
mkdir in
echo "a whale" > in/good.txt
echo "a secret" > in/secret.txt
mkdir in/closed
echo "behind a door" > in/closed/a.txt
chmod 0 in/secret.txt in/closed
if [ "$(id -u)" = 0 ]; then
    command -v setpriv > /dev/null || exit 77
    chmod 0777 . in/..
    chmod 0711 ..
    setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$(readlink -f "$(command -v dossier)")" -a -r in/good.txt ||
        exit 77
    as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; }
else
    as_user() { "$@"; }
fi
as_user dossier index -d x.db in 2>&1 | sed -e "s,$PWD,PWD,g" -e '/^x.db: /d'
as_user dossier index -qd x.db in 2> err.txt
echo "status $?"
echo "== an index that may not be written"
mkdir shut
chmod 0555 shut
as_user dossier index -qd shut/y.db in/good.txt
echo "status $?"
echo "== nor read"
chmod 0 x.db
as_user dossier search -d x.db whale
echo "status $?"
chmod 0755 x.db
