# SPDX-License-Identifier: GPL-2.0-or-later
# The whole help text.
dossier retag --help
