package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.ScanPosition;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a bucket when the newest sessions come first.
 *
 * @param after the position, in any bucket, after which to begin; null to begin
 * @param count how many entries at the most
 */
public record NewestOf(Bucket bucket, @Nullable ScanPosition after, int count) {

    /**
     * Finds the newest entries of some buckets.
     *
     * @param buckets several only where the server is no Cluster
     * @param required as of {@link IndexScripts#scanBuckets}
     * @return a reply with those of each bucket, in the order of the buckets; fewer than were wanted are all
     */
    public static ScriptCall<List<List<IndexMember>>> scan(
            List<NewestOf> buckets, boolean finished, Map<String, Set<String>> required) {
        List<byte[]> arguments = new ArrayList<>();
        for (NewestOf each : buckets) {
            arguments.add(each.before());
            arguments.add(ScriptArguments.decimal(each.count));
        }
        IndexScripts.addClauses(arguments, required);
        return new ScriptCall<>(
                LuaScript.SCAN_NEWEST,
                buckets.get(0).bucket,
                IndexScripts.scanned(buckets.stream().map(NewestOf::bucket).toList(), finished),
                arguments,
                reply -> {
                    PackedReply packed = new PackedReply(reply);
                    return buckets.stream().map(each -> each.read(packed)).toList();
                });
    }

    private byte[] before() {
        return after == null ? IndexScripts.NOTHING : IndexMember.newestBefore(after, bucket.number());
    }

    private List<IndexMember> read(PackedReply reply) {
        return Stream.generate(() -> new IndexMember(reply.next()))
                .limit(reply.nextNumber())
                .sorted(Comparator.reverseOrder())
                .limit(count)
                .toList();
    }
}
