/** hyptrace cli. */
package dev.hyptrace.cli;
