/**
 * Benchmarks, started by {@code ./bench NAME} and never by a test: they measure in processes of their own, check their
 * answers, and print a table and a line of JSON. Their data is made up, the same for the same seed. Results stand in
 * {@code docs/benchmarks.md}.
 */
package coop.vigie.bench;
