package coop.vigie.bench;

/** Of things read, in whatever order: how many, and a number that differs when one of them does. */
final class Sum {

    private long count;
    private long sum;

    synchronized void add(String source, String id, String title) {
        long hash = 1;
        for (char c : (source + "\n" + id + "\n" + title).toCharArray()) {
            hash = hash * 1_000_003 + c;
        }
        sum += hash;
        count++;
    }

    @Override
    public synchronized String toString() {
        return count + " items, sum " + Long.toHexString(sum);
    }
}
