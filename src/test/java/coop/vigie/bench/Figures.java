package coop.vigie.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Repeated measurements of one thing in milliseconds, ascending. */
record Figures(List<Double> millis) {

    Figures {
        millis = millis.stream().sorted().toList();
    }

    static Figures of(double... millis) {
        return new Figures(Arrays.stream(millis).boxed().toList());
    }

    double median() {
        return millis.get(millis.size() / 2);
    }

    double min() {
        return millis.getFirst();
    }

    double max() {
        return millis.getLast();
    }

    Map<String, Object> view() {
        var view = new LinkedHashMap<String, Object>();
        view.put("median", Math.round(median()));
        view.put("min", Math.round(min()));
        view.put("max", Math.round(max()));
        return view;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%6.0f  (%.0f – %.0f)", median(), min(), max());
    }
}
