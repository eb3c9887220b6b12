package io.sessiontracker.redis.script;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import io.sessiontracker.testing.RedisServer;

/** The commands that scripts run on a server, as {@code MONITOR} reports them. */
final class ScriptTrace implements AutoCloseable {

    private static final Set<String> READS = Set.of(
            "exists",
            "get",
            "getrange",
            "hget",
            "hgetall",
            "hlen",
            "pttl",
            "zcard",
            "zcount",
            "zlexcount",
            "zrangebylex",
            "zrevrangebylex",
            "zrangebyscore",
            "zscore");
    private static final Set<String> WRITES = Set.of(
            "append",
            "del",
            "hdel",
            "hset",
            "persist",
            "pexpire",
            "pexpireat",
            "rename",
            "set",
            "setrange",
            "zadd",
            "zrem");
    private static final Set<String> WITHOUT_KEYS = Set.of("time", "publish");
    /** Commands whose arguments are all keys. */
    private static final Set<String> SEVERAL_KEYS = Set.of("exists", "del", "rename");

    private static final Pattern ARGUMENT = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    private final RedisServer server;
    private final Map<String, String> names = names();
    private final Socket socket;
    private final BufferedReader lines;
    private String script = "";
    private List<String> declared = List.of();

    /** A script's access to a key. */
    record Access(String script, String key, boolean written) {}

    ScriptTrace(RedisServer server) throws IOException {
        this.server = server;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
        lines.readLine();
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        try {
            for (Field field : LuaScript.class.getDeclaredFields()) {
                if (field.getType() == LuaScript.class) {
                    LuaScript script = (LuaScript) field.get(null);
                    names.put(script.sha1(), script.name());
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    /** Returns the names of all scripts. */
    Set<String> scripts() {
        return Set.copyOf(names.values());
    }

    /**
     * Returns what the scripts did since the last call.
     *
     * @throws IllegalStateException if one accessed a key that was not declared for it, as Cluster demands
     */
    List<Access> next() throws IOException {
        String mark = UUID.randomUUID().toString();
        server.call(commands -> commands.echo(mark));
        List<Access> accesses = new ArrayList<>();
        for (String line = lines.readLine(); !line.contains(mark); line = lines.readLine()) {
            List<String> command =
                    ARGUMENT.matcher(line).results().map(each -> each.group(1)).toList();
            if (line.contains("[0 lua]")) {
                addTo(accesses, command);
            } else if (command.get(0).equalsIgnoreCase("evalsha")) {
                script = names.getOrDefault(command.get(1), "");
                declared = command.subList(3, 3 + Integer.parseInt(command.get(2)));
            } else {
                // A first call is by the script's text; the next one is by its digest.
                script = "";
            }
        }
        return accesses;
    }

    private void addTo(List<Access> accesses, List<String> command) {
        String name = command.get(0).toLowerCase(Locale.ROOT);
        if (script.isEmpty() || WITHOUT_KEYS.contains(name)) {
            return;
        }
        if (!READS.contains(name) && !WRITES.contains(name)) {
            throw new IllegalStateException("Neither a read nor a write: " + name);
        }
        List<String> keys = command.subList(1, SEVERAL_KEYS.contains(name) ? command.size() : 2);
        for (String key : keys) {
            if (!declared.contains(key)) {
                throw new IllegalStateException(script + " accesses a key that is not among its KEYS: " + key);
            }
            accesses.add(new Access(script, key, WRITES.contains(name)));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
