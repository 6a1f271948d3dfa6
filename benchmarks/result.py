"""What every benchmark returns, and how it is printed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Result:
    """One run of one task: `n` rows measured, our `metrics`, and those of `peers` on the same rows in the same run."""

    task: str
    n: int
    metrics: Mapping[str, float]
    seconds: float
    peers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return the one-line JSON object of design §5."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_text(self) -> str:
        """Return a table for people: one line a metric, ours first, then each peer."""
        lines = [f"{self.task}: {self.n} rows in {self.seconds:.1f} s"]
        lines += [f"  {name:<26} {value:.4g}" for name, value in self.metrics.items()]
        for peer, metrics in self.peers.items():
            lines += [f"  {peer} · {name}: {value:.4g}" for name, value in metrics.items()]
        return "\n".join(lines)
