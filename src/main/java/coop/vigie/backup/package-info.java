/**
 * Saves a home while it works, and makes a home of what was saved.
 *
 * <p>{@link coop.vigie.backup.Backup#write} takes the home, its open databases and a target, {@code saved.zip} or a folder. It
 * writes whole copies of both databases, {@code feeds.yaml}, {@code vigie.yaml}, the templates, the groups as
 * {@code groups-export.yaml} for people, and {@code manifest.json}: names, sizes, SHA-256, schema versions and rows.
 * {@link coop.vigie.backup.Backup#restore} checks all of that and only then lets a new home appear, in one move.
 *
 * <p>The members' database is copied first. What it has worked in of the public one is then in the later copy, too; the
 * other way round it would think of changes as matched whose numbers the restored store gives out again (ADR-0004).
 *
 * <p>Not saved: the index, which is a view, and the files of {@code data/outbox}, which have been delivered. Secrets stand
 * in no file. The result holds names and addresses of members: only its owner may read it.
 */
@NullMarked
package coop.vigie.backup;

import org.jspecify.annotations.NullMarked;
