"""The life of a record as a picture: Mermaid text drawn from MOVES and PEN, kept in docs/states/ and compared in CI."""

from typing import Any


def mermaid(model: type[Any]) -> str:
    """Return the state diagram of a Stateful model; who must act in a state stands behind its name."""
    states = model.State
    lines = ["stateDiagram-v2", f"    [*] --> {model._meta.get_field('state').default}"]
    for state in states:
        pen = str(model.PEN.get(state, "") or "")
        lines.append(f"    {state.value} : {state.label}" + (f" ({pen})" if pen else ""))
    for move, (sources, target) in model.MOVES.items():
        name = model.NAMES.get(move, move)
        lines += [f"    {state.value} --> {target.value} : {name}" for state in states if state in sources]
    leaving = {state for sources, _target in model.MOVES.values() for state in sources}
    lines += [f"    {state.value} --> [*]" for state in states if state not in leaving]
    return "\n".join(lines) + "\n"
