package io.sessiontracker.linearizability;

import org.jspecify.annotations.Nullable;

/** What is stored under a key, and what each call does to it and answers: the specification. Nothing expires. */
record KeyState(@Nullable Snapshot running, @Nullable Snapshot finished) {

    static final KeyState EMPTY = new KeyState(null, null);

    /** What a call leaves and answers. */
    record Step(KeyState state, Answer answer) {}

    Step apply(Call call) {
        return switch (call.kind()) {
            case START -> running != null ? same(Answer.inProgress(running)) : start(call);
            case GET_OR_START -> running != null ? same(Answer.ok(running)) : start(call);
            case GET, PEEK -> same(running != null ? Answer.ok(running) : absence());
            case REFRESH -> same(running != null ? Answer.OK : absence());
            case GET_FINISHED -> same(finished != null ? Answer.ok(finished) : absenceOfFinished());
            case UPDATE, UPDATE_AND_GET -> update(call);
            case MODIFY -> running != null ? write(running, call) : same(absence());
            case FINISH, FINISH_AND_GET -> finish(call);
            case RESUME, RESUME_AND_GET -> resume(call);
            case DELETE -> delete(call);
        };
    }

    private Step same(Answer answer) {
        return new Step(this, answer);
    }

    private Answer absence() {
        return finished != null ? Answer.ALREADY_FINISHED : Answer.NOT_FOUND;
    }

    private Answer absenceOfFinished() {
        return running != null ? Answer.ALREADY_RESUMED : Answer.NOT_FOUND;
    }

    private Step start(Call call) {
        Snapshot started = Snapshot.started(call.tag());
        return new Step(new KeyState(started, finished), Answer.ok(started));
    }

    private Step write(Snapshot base, Call call) {
        Snapshot written = base.written(call.tag());
        return new Step(new KeyState(written, finished), Answer.ok(written));
    }

    private Step update(Call call) {
        if (running == null) {
            return same(absence());
        }
        return call.base() != null && call.means(running) ? write(call.base(), call) : same(Answer.conflict(running));
    }

    private Step finish(Call call) {
        if (running != null && call.means(running)) {
            Answer answer = call.kind() == Call.Kind.FINISH_AND_GET ? Answer.ok(running) : Answer.OK;
            return new Step(new KeyState(null, running), answer);
        }
        return same(call.means(finished) ? Answer.ALREADY_FINISHED : otherwise());
    }

    private Step resume(Call call) {
        if (running != null) {
            return same(Answer.ALREADY_RESUMED);
        }
        if (finished != null && call.means(finished)) {
            Answer answer = call.kind() == Call.Kind.RESUME_AND_GET ? Answer.ok(finished) : Answer.OK;
            return new Step(new KeyState(finished, null), answer);
        }
        return same(otherwise());
    }

    private Step delete(Call call) {
        KeyState left = new KeyState(call.means(running) ? null : running, call.means(finished) ? null : finished);
        return left.equals(this) ? same(otherwise()) : new Step(left, Answer.OK);
    }

    /** What an object form answers that finds others than its own. */
    private Answer otherwise() {
        Snapshot other = running != null ? running : finished;
        return other == null ? Answer.NOT_FOUND : Answer.conflict(other);
    }
}
