package io.sessiontracker.kotlin

import io.sessiontracker.SessionError
import io.sessiontracker.SessionResult

/** Returns the value of a success, and null for a failure. */
public fun <T : Any> SessionResult<T>.getOrNull(): T? = (this as? SessionResult.Success)?.value()

/** Returns the value of a success, or what [onFailure] makes of the error: it may also return from the caller. */
public inline fun <T> SessionResult<T>.getOrElse(onFailure: (SessionError) -> T): T = when (this) {
    is SessionResult.Success -> value()
    is SessionResult.Failure -> onFailure(error())
}
