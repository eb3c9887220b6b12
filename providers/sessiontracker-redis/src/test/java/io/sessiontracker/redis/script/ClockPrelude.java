package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.sessiontracker.redis.client.ScriptRunner;
import org.springframework.data.redis.core.script.DigestUtils;

/**
 * Runs each script behind a prelude, by which the server's clock says what a test's clock says, to the microsecond: TIME answers
 * that, and a key that is to go at a moment gets a TTL of as much as is left until then. TTLs themselves stay Redis's.
 */
public record ClockPrelude(ScriptRunner runner, LongSupplier micros) implements ScriptRunner {

    private static final String PRELUDE = """
            local server = redis
            local redis = setmetatable({}, { __index = server })
            do
                local micros = tonumber(table.remove(ARGV, 1))
                local millis = math.floor(micros / 1000)
                local unknown = { GETEX = true, EXPIREAT = true, EXPIRETIME = true, PEXPIRETIME = true, HPEXPIREAT = true }
                local function text(number)
                    return string.format('%.0f', number)
                end
                function redis.call(command, ...)
                    local arguments = { ... }
                    if command == 'TIME' then
                        return { text(math.floor(micros / 1000000)), text(micros % 1000000) }
                    elseif command == 'PEXPIREAT' then
                        command, arguments[2] = 'PEXPIRE', text(arguments[2] - millis)
                    elseif command == 'SET' and arguments[3] == 'PXAT' then
                        arguments[3], arguments[4] = 'PX', text(arguments[4] - millis)
                    elseif unknown[command] then
                        error('The prelude has to learn about ' .. command)
                    end
                    return server.call(command, unpack(arguments))
                end
            end
            """;

    private static final Map<LuaScript, LuaScript> SCRIPTS = new ConcurrentHashMap<>();

    private static LuaScript withPrelude(LuaScript script) {
        return SCRIPTS.computeIfAbsent(script, original -> {
            String text = PRELUDE + original.text();
            return new LuaScript(original.name(), original.activity(), text, DigestUtils.sha1DigestAsHex(text));
        });
    }

    private <R> ScriptCall<R> withPrelude(ScriptCall<R> operation) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ScriptArguments.decimal(micros.getAsLong()));
        arguments.addAll(Arrays.asList(operation.arguments()));
        return new ScriptCall<>(
                withPrelude(operation.script()),
                operation.subject(),
                operation.keys(),
                arguments.toArray(byte[][]::new),
                operation.decoder(),
                operation.fastPath());
    }

    @Override
    public <R> CompletionStage<R> run(ScriptCall<R> operation) {
        return runner.run(withPrelude(operation));
    }

    @Override
    public <R> CompletionStage<List<R>> runAll(List<ScriptCall<R>> operations) {
        return runner.runAll(operations.stream().map(this::withPrelude).toList());
    }

    @Override
    public ScriptRunner ready() {
        return new ClockPrelude(runner.ready(), micros);
    }
}
