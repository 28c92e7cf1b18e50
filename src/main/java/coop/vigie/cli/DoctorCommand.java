package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.doctor.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class DoctorCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--live")
    private boolean live;

    @Option(names = "--format", paramLabel = "table|json|jsonl|csv")
    private Format format = Format.TABLE;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Finding> findings;
        try (Vigie vigie = session.open()) {
            findings = vigie.doctor(live);
        }
        if (format == Format.TABLE) {
            lines(findings);
        } else {
            session.listing().rows(format, findings.stream().map(this::view).toList());
        }
        boolean well = findings.stream().allMatch(each -> each.verdict() == Finding.Verdict.OK);
        session.say(well ? "doctor.well" : "doctor.unwell");
        return well ? ExitCode.DONE : ExitCode.IN_PART;
    }

    /** Never cut: what to do stands at the end. */
    private void lines(List<Finding> findings) {
        int width =
                findings.stream().mapToInt(each -> verdict(each).length()).max().orElse(0);
        for (Finding finding : findings) {
            String verdict = verdict(finding);
            String space = " ".repeat(width - verdict.length() + 2);
            session.terminal().out().println(verdict + space + Listing.oneLine(text(finding)));
        }
    }

    private String verdict(Finding finding) {
        return session.words().text("doctor.verdict." + finding.verdict().code());
    }

    private String text(Finding finding) {
        return session.words()
                .text("doctor." + finding.message(), finding.arguments().toArray());
    }

    private Map<String, @Nullable Object> view(Finding finding) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("check", finding.check());
        view.put("verdict", finding.verdict().code());
        view.put("finding", finding.message());
        view.put("message", text(finding));
        return view;
    }
}
