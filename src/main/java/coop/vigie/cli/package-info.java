/**
 * The command line: thin commands over {@link coop.vigie.Vigie}. A command reads its arguments, calls, and prints.
 *
 * <p>Data goes to stdout, words go to stderr. Wherever there is a list, {@code --format} gives it as a table for people or
 * as JSON, JSON lines or CSV for programs; the JSON names are fixed and only ever added to. Words are in the user's
 * language. Exit codes: {@link coop.vigie.cli.ExitCode}. Nobody depends on this package.
 */
@NullMarked
package coop.vigie.cli;

import org.jspecify.annotations.NullMarked;
