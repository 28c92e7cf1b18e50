/**
 * Access to the two databases, and the notices themselves.
 *
 * <p>{@code vigie.db} holds what is public: notices with every version, their raw bytes, calls, the change log and what
 * is known of each source. {@code members.db} holds what is not: groups, members, matches, the ledger and the outbox.
 * No transaction spans both (ADR-0004); every hand-over between them goes by change number and may be repeated.
 *
 * <p>{@link coop.vigie.store.Database} opens a file, brings its schema up to date and gives transactions; every feature
 * keeps a {@code …Store} of its own over it. Every writing transaction is IMMEDIATE: a deferred one that reads first and
 * writes later fails with SQLITE_BUSY as soon as somebody else writes, whatever the busy timeout. Instants are stored as
 * UTC milliseconds, values as JSON ({@link coop.vigie.store.Json}). SQL stays in the subset that SQLite and PostgreSQL
 * share; only the scripts under {@code store/sqlite} and the pragmas are SQLite's own (ADR-0006).
 */
@NullMarked
package coop.vigie.store;

import org.jspecify.annotations.NullMarked;
