/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdlib.h>

/* What libFuzzer asks a target for before the first input. */
int LLVMFuzzerInitialize (int *argc, char ***argv);

static void
on_trap (int signal_number)
{
  abort ();
}

/* GLib dies of a critical message by a trap, of which libFuzzer before LLVM 16 knows nothing: it would not say by which input. */
int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  signal (SIGTRAP, on_trap);
  return 0;
}
