package io.sessiontracker.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A JVM with a main class that executes the commands in its input. It ends with this JVM, which closes its input. */
public final class WorkerProcess implements AutoCloseable {

    /** The prefix of an answer, as libraries may print other lines. */
    private static final String ANSWER = "answer: ";

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    /** Starts a process whose main class uses {@link #execute}. */
    public WorkerProcess(Class<?> main, List<String> arguments) {
        try {
            process = new ProcessBuilder(command(main, arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns the command of a JVM with a main class, arguments and the class path of this one. */
    public static List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Executes the commands in this process's input, each of which has an answer of one line, until its input ends. */
    public static void execute(Function<String[], String> words) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(ANSWER + words.apply(line.split(" ")));
            }
        }
    }

    /** Sends a command; {@link #answer} waits for its result. */
    public void send(String command) {
        commands.println(command);
    }

    /** Returns the next answer. */
    public String answer() {
        String line = readLine();
        while (!line.startsWith(ANSWER)) {
            line = readLine();
        }
        return line.substring(ANSWER.length());
    }

    /**
     * Returns the next line of its output.
     *
     * @throws IllegalStateException if it has ended
     */
    public String readLine() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The process ended without an answer");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command and waits for its answer. */
    public String ask(String command) {
        send(command);
        return answer();
    }

    /** Sends a command to several, which execute it at once, and returns their answers. */
    public static List<String> askAll(List<WorkerProcess> workers, String command) {
        workers.forEach(worker -> worker.send(command));
        return workers.stream().map(WorkerProcess::answer).toList();
    }

    /** Freezes the process. */
    public void freeze() {
        Signals.send(process, "STOP");
    }

    /** Continues a frozen process. */
    public void thaw() {
        Signals.send(process, "CONT");
    }

    /** Kills the process. */
    @Override
    public void close() {
        process.destroyForcibly();
        Signals.awaitEnd(process.toHandle());
    }
}
