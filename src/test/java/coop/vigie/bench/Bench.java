package coop.vigie.bench;

import java.nio.file.Path;
import java.util.List;

/** Started by {@code ./bench NAME}: measures, checks the answers, prints a table and JSON. */
final class Bench {

    private Bench() {}

    /** @param arguments checkout, name of the benchmark, its options */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Path checkout = Path.of(words.getFirst());
        String name = words.size() > 1 ? words.get(1) : "";
        switch (name) {
            case "cli" -> new CliBench(checkout, option(words, "--calls", 100_000)).run();
            case "round" ->
                new RoundBench(checkout, option(words, "--notices", 2_700), option(words, "--profiles", 1_000)).run();
            case "packages" ->
                new PackagesBench(checkout, option(words, "--days", 21), option(words, "--notices", 2_700)).run();
            case "match" ->
                new MatchBench(
                                option(words, "--notices", 10_000),
                                words.contains("--profiles")
                                        ? List.of(option(words, "--profiles", 0))
                                        : List.of(1_000, 10_000, 100_000))
                        .run();
            case "index" -> new IndexBench(option(words, "--calls", 1_000_000)).run();
            case "search" -> new SearchBench(checkout, option(words, "--calls", 1_000_000)).run();
            case "fetch" ->
                new FetchBench(
                                checkout,
                                option(words, "--feeds", 2_000),
                                option(words, "--hosts", 100),
                                option(words, "--latency", 50),
                                option(words, "--runs", 3))
                        .run();
            case "parse" -> {
                if (words.contains("--hostile")) {
                    HostileFeeds.run();
                } else {
                    new ParseBench(checkout, option(words, "--runs", 3)).run();
                }
            }
            case "digest" -> new DigestBench(option(words, "--readers", 10_000)).run();
            default -> {
                System.err.println(
                        "usage: ./bench cli [--calls N] | search [--calls N] | round [--notices N] [--profiles N]"
                                + " | fetch [--feeds N] [--hosts N] [--latency MS] [--runs N] | parse [--runs N] [--hostile] | packages [--days N] [--notices N] | digest [--readers N] | match [--notices N] [--profiles N] | index [--calls N]");
                System.exit(2);
            }
        }
    }

    private static int option(List<String> words, String name, int normally) {
        int at = words.indexOf(name);
        return at < 0 ? normally : Integer.parseInt(words.get(at + 1));
    }
}
