"""What the API server's audit log says of a user: `rights.py forbidden|unused LOG USER`; prints nothing where all is well.

forbidden: the requests that were refused for lack of a right. unused: the verbs of base's roles, as the API server holds them, that no request needed.
"""
import json, subprocess, sys

# Nobody sends this one: some API servers ask for it when an object is made that a Rollout owns.
ASKED_BY_SERVER = {("update", "argoproj.io", "rollouts/finalizers")}


def name(verb, group, resource):
    return f"{verb} {resource}{'.' + group if group else ''}"


def requests(log, user):
    with open(log, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            reference = event.get("objectRef")
            if event["user"]["username"] == user and reference:
                resource = "/".join(filter(None, (reference["resource"], reference.get("subresource"))))
                yield event["responseStatus"]["code"] if "responseStatus" in event else 0, (event["verb"], reference.get("apiGroup", ""), resource)


def granted():
    for kind in (["clusterrole"], ["role", "-n", "canary-analyzer"]):
        role = json.loads(subprocess.check_output(["kubectl", "get", *kind, "canary-analyzer", "-o", "json"]))
        for rule in role["rules"]:
            for group in rule["apiGroups"]:
                for resource in rule["resources"]:
                    yield from ((verb, group, resource) for verb in rule["verbs"])


question, log, user = sys.argv[1:]
if question == "forbidden":
    found = {right for code, right in requests(log, user) if code == 403}
else:
    found = set(granted()) - {right for _, right in requests(log, user)} - ASKED_BY_SERVER
print("\n".join(sorted(name(*right) for right in found)), end="")
