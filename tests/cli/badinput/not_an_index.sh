# SPDX-License-Identifier: GPL-2.0-or-later
# A folder, a file, a stub and another program's database given as the index: refused by all, touched by none.
mkdir folder
echo "my thesis" > folder/thesis.txt
echo "text" > file
echo "remote :touch ran" > stub
echo '{"id": "1", "text": "whale"}' > r.jsonl
for place in folder file stub folder/thesis.txt/x nowhere/deep/x; do
    for command in "index r.jsonl" "search whale" "show 1" info check compact; do
        # shellcheck disable=SC2086  # a command and its operand
        set -- $command
        name=$1
        shift
        dossier "$name" -d "$place" "$@"
        echo "$name $place: $?"
    done
done
ls folder
cat file stub
[ ! -e ran ] && echo "nothing ran"
