package io.sessiontracker.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shell commands of a Markdown text: in {@code console} blocks, what follows {@code $} (continued after a {@code \}), each
 * with its documented output, in which {@code …} matches anything.
 */
record ReadmeWalkthrough(List<Step> steps) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
    private static final Pattern STEP =
            Pattern.compile("(?m)^\\$ (?<command>(?:.*\\\\\\n)*.*)\\n(?<output>(?:(?!\\$ ).*\\n)*)");

    static ReadmeWalkthrough parse(String markdown) {
        List<Step> steps = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(markdown); block.find(); ) {
            for (Matcher step = STEP.matcher(block.group(1)); step.find(); ) {
                steps.add(new Step(step.group("command"), step.group("output")));
            }
        }
        return new ReadmeWalkthrough(steps);
    }

    record Step(String command, String output) {

        boolean isCurl() {
            return command.startsWith("curl ");
        }

        boolean isVariable() {
            return command.matches("\\w+='.*'");
        }

        Pattern expected() {
            return Pattern.compile("\\Q" + output.strip().replace("…", "\\E.*?\\Q") + "\\E", Pattern.DOTALL);
        }
    }
}
