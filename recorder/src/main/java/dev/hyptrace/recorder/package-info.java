/** hyptrace recorder. */
package dev.hyptrace.recorder;
