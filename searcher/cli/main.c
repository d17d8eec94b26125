/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "searcher/cli/command.h"

#include <locale.h>

const struct command *const commands[] = {
    &command_index,   &command_search, &command_show,   &command_run,      &command_eval, &command_compare,
    &command_tune,    &command_pool,   &command_judge,  &command_entities, &command_info, &command_check,
    &command_compact, &command_retag,  &command_export, &command_tag,      NULL,
};

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8"); /* for the width of characters on a terminal; numbers stay with a point */
    return cli_main(argc, argv);
}
