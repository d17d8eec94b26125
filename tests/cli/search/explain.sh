# SPDX-License-Identifier: GPL-2.0-or-later
# --explain on the sample collection, for reading and as JSON.
dossier index -qd s.db --no-tag "$SOURCE/corpus/samples"
dossier search -d s.db -n 2 --facets none --explain 'cybercrimes title:dialogue -drugs' | grep -v '^     …'
dossier search -d s.db -n 2 --format json --facets none --explain 'bangkok "policy meeting"' | grep -v '"seconds"' |
    sed -n '/"query"/,/"total"/p;/"explain"/,/^      }/p'
