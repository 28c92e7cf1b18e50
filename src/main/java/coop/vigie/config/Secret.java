package coop.vigie.config;

/** A password or key from the environment. Printing it does not show it. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
